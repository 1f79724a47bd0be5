package org.trispike.jobs.ablation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.trispike.datasets.UserError;

/** One row of an ablation: which terms of the loss train, and what the encoder is made of. */
public enum Variant {
  TEXT("text", 1, 0, 0, "spiking"),
  IMAGE("image", 0, 1, 0, "spiking"),
  BOTH("text + image", 1, 1, 0, "spiking"),
  BOTH_MSE("text + image + MSE", 1, 1, 1, "spiking"),
  ANN("text + image, ANN twin", 1, 1, 0, "relu");

  private final String title;
  private final int text;
  private final int image;
  private final int mse;
  private final String activation;

  Variant(String title, int text, int image, int mse, String activation) {
    this.title = title;
    this.text = text;
    this.image = image;
    this.mse = mse;
    this.activation = activation;
  }

  /** The variant of a word in {@code ablate.variants}. */
  static Variant of(String word) {
    return Arrays.stream(values())
        .filter(variant -> variant.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                UserError.usage(
                    "ablate.variants takes "
                        + Arrays.stream(values())
                            .map(Variant::word)
                            .collect(Collectors.joining(", "))
                        + "; not '"
                        + word
                        + "'"));
  }

  /** Its name in settings and paths. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Its name in tables. */
  public String title() {
    return title;
  }

  /** Its folder, relative to that of the run. */
  public String folder() {
    return AblationTable.FOLDER + "/" + word();
  }

  /** What it sets, each as {@code key=value}. */
  public List<String> settings() {
    return List.of(
        "pretrain.loss.text=" + text,
        "pretrain.loss.image=" + image,
        "pretrain.loss.mse=" + mse,
        "encoder.activation=" + activation);
  }
}
