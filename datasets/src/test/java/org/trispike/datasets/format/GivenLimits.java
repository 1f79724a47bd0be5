package org.trispike.datasets.format;

import com.typesafe.config.ConfigFactory;
import org.trispike.datasets.LimitsConfig;

/** Limits that are the defaults but for a few. */
public final class GivenLimits {
  private GivenLimits() {}

  /**
   * @param settings such as {@code "vertices = 9, faces = 4"}
   */
  public static Limits of(String settings) {
    return LimitsConfig.from(
        ConfigFactory.parseString("data.limits { " + settings + " }")
            .withFallback(ConfigFactory.load()));
  }
}
