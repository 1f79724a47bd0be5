package org.trispike.datasets;

import java.util.Locale;
import java.util.Optional;

/** The part of a dataset that a triplet belongs to. */
public enum Split {
  /** What models learn from. */
  TRAIN,
  /** What checkpoints are chosen by. */
  VALIDATION,
  /** What is only measured; assigned by the input alone, never drawn. */
  TEST;

  /** The lower-case word in files and their names. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The split of that word; {@code val} is understood as well. */
  public static Optional<Split> of(String word) {
    return switch (word.strip().toLowerCase(Locale.ROOT)) {
      case "train" -> Optional.of(TRAIN);
      case "validation", "val" -> Optional.of(VALIDATION);
      case "test" -> Optional.of(TEST);
      default -> Optional.empty();
    };
  }
}
