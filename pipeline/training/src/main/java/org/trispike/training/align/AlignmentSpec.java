package org.trispike.training.align;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What the alignment loss is made of.
 *
 * @param textWeight λ₁ of the symmetric InfoNCE with text
 * @param imageWeight λ₂ of the symmetric InfoNCE with images
 * @param mseWeight λ₃ of the squared distance to the projected image
 * @param mseForm how that distance is reduced
 * @param sameCaption what samples with the same text are to each other
 * @param softWeight share of the targets of the text term that the teacher's own text-text
 *     similarity decides, 0..1; 0 is plain InfoNCE
 * @param softScale factor on the teacher's cosines before their softmax
 * @param initialScale σ at the start; 14.28 in SVL
 * @param maximalScale σ never exceeds it; 100 in CLIP and ULIP
 * @param falseNegatives which other texts and images are no negatives
 */
public record AlignmentSpec(
    double textWeight,
    double imageWeight,
    double mseWeight,
    MseForm mseForm,
    SameCaption sameCaption,
    double softWeight,
    double softScale,
    double initialScale,
    double maximalScale,
    FalseNegatives falseNegatives) {
  public AlignmentSpec {
    Objects.requireNonNull(mseForm, "Form of the MSE term");
    Objects.requireNonNull(sameCaption, "Treatment of same captions");
    Objects.requireNonNull(falseNegatives, "False negatives");
    check(textWeight >= 0 && imageWeight >= 0 && mseWeight >= 0, "Weights are not negative");
    check(textWeight + imageWeight + mseWeight > 0, "At least one weight of the loss is positive");
    check(softWeight >= 0 && softWeight <= 1, "Soft targets have a weight between 0 and 1");
    check(softScale > 0, "The scale of soft targets is positive");
    check(
        initialScale > 0 && initialScale <= maximalScale,
        "The logit scale starts above 0 and not above its maximum");
  }

  /** SVL's loss: text and image with weight 1, no MSE, σ from 14.28, at most 100. */
  public static AlignmentSpec standard() {
    return new AlignmentSpec(
        1, 1, 0, MseForm.MEAN, SameCaption.MASK, 0, 20, 14.28, 100, FalseNegatives.none());
  }

  /** θ = ln σ at the start. */
  public double initialLogScale() {
    return Math.log(initialScale);
  }

  /** As strings, numbers and words: what JSON holds. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("text", textWeight);
    map.put("image", imageWeight);
    map.put("mse", mseWeight);
    map.put("mse_form", mseForm);
    map.put("same_caption", sameCaption);
    map.put("soft_weight", softWeight);
    map.put("soft_scale", softScale);
    map.put("initial_scale", initialScale);
    map.put("maximal_scale", maximalScale);
    map.put("similar_above", falseNegatives.similarAbove());
    map.put("similar_in_batch", falseNegatives.inBatch());
    return map;
  }

  /** Of what {@link #toMap} gave. */
  public static AlignmentSpec of(Map<String, Object> map) {
    return new AlignmentSpec(
        number(map, "text"),
        number(map, "image"),
        number(map, "mse"),
        MseForm.valueOf(map.get("mse_form").toString()),
        SameCaption.valueOf(map.get("same_caption").toString()),
        number(map, "soft_weight"),
        number(map, "soft_scale"),
        number(map, "initial_scale"),
        number(map, "maximal_scale"),
        new FalseNegatives(number(map, "similar_above"), (Boolean) map.get("similar_in_batch")));
  }

  private static double number(Map<String, Object> map, String key) {
    return ((Number) map.get(key)).doubleValue();
  }

  private static void check(boolean ok, String message) {
    if (!ok) {
      throw new IllegalArgumentException(message);
    }
  }
}
