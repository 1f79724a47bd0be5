package org.trispike.datasets.source;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trispike.datasets.Split;

/** Tells splits by the names of folders: {@code Train}, {@code n-cars_test}, {@code validation}. */
final class FolderSplits {
  private static final Pattern WORD =
      Pattern.compile("(?:^|[^a-z])(train|test|val)(?:ing|idation)?(?:[^a-z]|$)");

  private FolderSplits() {}

  /** The split that the last telling folder of a path names; none if no folder names one. */
  static Optional<Split> of(String path) {
    String[] parts = path.split("/");
    for (int i = parts.length - 2; i >= 0; i--) {
      Optional<Split> split = ofName(parts[i]);
      if (split.isPresent()) {
        return split;
      }
    }
    return Optional.empty();
  }

  /** The split that one name tells. */
  static Optional<Split> ofName(String name) {
    Matcher word = WORD.matcher(name.toLowerCase(Locale.ROOT));
    if (!word.find()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (word.group(1)) {
          case "train" -> Split.TRAIN;
          case "test" -> Split.TEST;
          default -> Split.VALIDATION;
        });
  }
}
