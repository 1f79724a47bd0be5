package org.trispike.training.align;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Multi-scale Triple Alignment: λ₁ InfoNCE(z, t′) + λ₂ InfoNCE(z, v′) + λ₃ MSE(z, v′), where z are
 * the encoder's vectors, t′ and v′ the projected text and image vectors of a frozen teacher, and σ
 * = e^θ one learned factor on the cosines. Samples without a text, or an image, leave only that
 * term.
 *
 * <p>The loss is the mean over the batch of {@link #perExample()}; a term's mean is taken over the
 * samples that have it. Texts and images of the bank stand beside those of the batch where a shape
 * looks for its own; a text that looks for its shape finds the batch's alone, since the bank has no
 * shapes. The gradients are those of the <em>sum</em> over the batch, as DL4J wants them, which
 * divides by B itself. Source: SVL (arXiv 2505.17674) Eq. 6-9 and its code; O(B (B + M) C) with M
 * rows of the bank.
 */
public final class AlignmentLoss {
  private final AlignmentSpec spec;
  private final AlignmentBatch batch;
  private final double[] perExample;
  private final double[] pointGradient;
  private final double[] textGradient;
  private final double[] imageGradient;
  private double logScaleGradient;
  private final double scale;
  private double textLoss = Double.NaN;
  private double imageLoss = Double.NaN;
  private double mseLoss = Double.NaN;
  private double textAccuracy = Double.NaN;
  private double imageAccuracy = Double.NaN;

  private AlignmentLoss(AlignmentSpec spec, AlignmentBatch batch, double logScale) {
    this.spec = spec;
    this.batch = batch;
    perExample = new double[batch.samples()];
    pointGradient = new double[batch.points().length];
    textGradient = new double[batch.texts().length];
    imageGradient = new double[batch.images().length];
    scale = Math.min(Math.exp(logScale), spec.maximalScale());
  }

  /** The loss of {@code batch} and its gradients, with θ = {@code logScale}. */
  public static AlignmentLoss of(AlignmentSpec spec, AlignmentBatch batch, double logScale) {
    AlignmentLoss loss = new AlignmentLoss(spec, batch, logScale);
    loss.text();
    loss.image();
    loss.mse();
    if (Math.exp(logScale) >= spec.maximalScale() && loss.logScaleGradient < 0) {
      // At its bound the scale may only fall.
      loss.logScaleGradient = 0;
    }
    return loss;
  }

  private void text() {
    int[] rows = rows(batch.hasText());
    if (spec.textWeight() > 0 && rows.length > 0) {
      int[] columns = columns(rows, batch.texts());
      Teacher teacher = teacher(batch.teacherTexts(), batch.texts(), columns, rows.length);
      InfoNce term = term(rows, columns, batch.texts(), Targets.ofTexts(spec, teacher));
      add(term, rows, columns, spec.textWeight(), textGradient);
      textLoss = mean(term.losses);
      textAccuracy = (double) term.hits() / rows.length;
    }
  }

  private void image() {
    int[] rows = rows(batch.hasImage());
    if (spec.imageWeight() > 0 && rows.length > 0) {
      int[] columns = columns(rows, batch.images());
      Teacher teacher = teacher(batch.teacherImages(), batch.images(), columns, rows.length);
      InfoNce term = term(rows, columns, batch.images(), Targets.ofImages(spec, teacher));
      add(term, rows, columns, spec.imageWeight(), imageGradient);
      imageLoss = mean(term.losses);
      imageAccuracy = (double) term.hits() / rows.length;
    }
  }

  /** The given rows of the batch, and all of the bank behind it. */
  private int[] columns(int[] rows, double[] others) {
    int end = others.length / batch.width();
    return IntStream.concat(Arrays.stream(rows), IntStream.range(batch.samples(), end)).toArray();
  }

  private Teacher teacher(double[] vectors, double[] others, int[] columns, int samples) {
    int width = vectors.length / (others.length / batch.width());
    return new Teacher(Matrices.gather(vectors, columns, width), samples, width);
  }

  private InfoNce term(int[] rows, int[] columns, double[] others, Targets targets) {
    int width = batch.width();
    return new InfoNce(
        Matrices.gather(batch.points(), rows, width),
        Matrices.gather(others, columns, width),
        width,
        scale,
        targets);
  }

  private void add(
      InfoNce term, int[] rows, int[] columns, double weight, double[] othersGradient) {
    // The mean over the rows that have the term, as a sum over the batch that is divided by B.
    double factor = weight * batch.samples() / rows.length;
    for (int i = 0; i < rows.length; i++) {
      perExample[rows[i]] += factor * term.losses[i];
    }
    Matrices.scatterAdd(times(factor, term.byPoints()), rows, pointGradient, batch.width());
    Matrices.scatterAdd(times(factor, term.byOthers()), columns, othersGradient, batch.width());
    logScaleGradient += factor * term.byLogScale();
  }

  private void mse() {
    int[] rows = rows(batch.hasImage());
    if (spec.mseWeight() == 0 || rows.length == 0) {
      return;
    }
    int width = batch.width();
    double reduction = spec.mseForm() == MseForm.MEAN ? 1.0 / width : 1;
    double factor = spec.mseWeight() * reduction * batch.samples() / rows.length;
    double sum = 0;
    for (int row : rows) {
      double squares = 0;
      for (int at = row * width; at < (row + 1) * width; at++) {
        double difference = batch.points()[at] - batch.images()[at];
        squares += difference * difference;
        pointGradient[at] += 2 * factor * difference;
        // The target is trained too, as in SVL's code.
        imageGradient[at] -= 2 * factor * difference;
      }
      perExample[row] += factor * squares;
      sum += reduction * squares;
    }
    mseLoss = sum / rows.length;
  }

  private static int[] rows(boolean[] has) {
    return IntStream.range(0, has.length).filter(i -> has[i]).toArray();
  }

  private static double[] times(double factor, double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    return values;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }

  /** [B]; their mean is the loss. */
  public double[] perExample() {
    return perExample;
  }

  /** [B, C] of the sum of {@link #perExample()} by the encoder's output. */
  public double[] pointGradient() {
    return pointGradient;
  }

  /** [B + Mt, C] by the projected texts, those of the bank among them. */
  public double[] textGradient() {
    return textGradient;
  }

  /** [B + Mv, C] by the projected images, those of the bank among them. */
  public double[] imageGradient() {
    return imageGradient;
  }

  /** By θ = ln σ. */
  public double logScaleGradient() {
    return logScaleGradient;
  }

  /** σ as it was applied. */
  public double scale() {
    return scale;
  }

  /** Mean of the text term, unweighted; NaN if no sample has it. */
  public double textLoss() {
    return textLoss;
  }

  /** Mean of the image term, unweighted; NaN if no sample has it. */
  public double imageLoss() {
    return imageLoss;
  }

  /** Mean of the MSE term, unweighted; NaN if no sample has it. */
  public double mseLoss() {
    return mseLoss;
  }

  /** Share of samples whose own text is the nearest of the batch's; NaN if none has one. */
  public double textAccuracy() {
    return textAccuracy;
  }

  /** Share of samples whose own image is the nearest of the batch's; NaN if none has one. */
  public double imageAccuracy() {
    return imageAccuracy;
  }
}
