package org.trispike.datasets;

import com.typesafe.config.Config;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reads settings whose value is one of a few words: the constants of an enum in lower case. */
public final class ConfigWords {
  private ConfigWords() {}

  /**
   * The constant that the word under {@code key} names; dashes in the word are underscores there.
   *
   * @throws UserError that lists the words, if it is none of them
   */
  public static <E extends Enum<E>> E read(Config root, String key, Class<E> type) {
    String word = root.getString(key);
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> word(constant).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                UserError.usage(
                    key
                        + " is one of "
                        + Arrays.stream(type.getEnumConstants())
                            .map(ConfigWords::word)
                            .collect(Collectors.joining(", "))
                        + "; not '"
                        + word
                        + "'"));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
