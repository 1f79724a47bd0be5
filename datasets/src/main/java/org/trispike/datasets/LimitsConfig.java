package org.trispike.datasets;

import com.typesafe.config.Config;
import org.trispike.datasets.format.Limits;

/** Reads the group {@code data.limits} of the configuration. */
public final class LimitsConfig {
  private LimitsConfig() {}

  /**
   * @throws UserError that names the key, if a limit is not positive or too large to be one
   */
  public static Limits from(Config root) {
    Config limits = root.getConfig("data.limits");
    return new Limits(
        positive(limits, "file-bytes", Long.MAX_VALUE),
        count(limits, "vertices"),
        count(limits, "faces"),
        positive(limits, "image-pixels", Long.MAX_VALUE),
        count(limits, "image-side"),
        count(limits, "text-bytes"),
        count(limits, "json-depth"),
        count(limits, "node-depth"),
        count(limits, "zip-entries"),
        count(limits, "zip-ratio"),
        positive(limits, "zip-bytes", Long.MAX_VALUE),
        count(limits, "events"));
  }

  private static int count(Config limits, String key) {
    return (int) positive(limits, key, Integer.MAX_VALUE);
  }

  private static long positive(Config limits, String key, long most) {
    long value = limits.getLong(key);
    if (value < 1 || value > most) {
      throw UserError.usage("data.limits." + key + " is between 1 and " + most + ", not " + value);
    }
    return value;
  }
}
