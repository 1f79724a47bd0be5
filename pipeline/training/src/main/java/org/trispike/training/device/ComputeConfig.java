package org.trispike.training.device;

import com.typesafe.config.Config;
import java.util.Objects;
import org.trispike.datasets.ConfigWords;
import org.trispike.datasets.UserError;

/**
 * The group {@code compute} of the configuration.
 *
 * @param device what training is to compute on
 * @param fallback what it does where it cannot
 */
public record ComputeConfig(Device.Kind device, Fallback fallback) {
  /** What a run does whose device cannot be had. */
  public enum Fallback {
    /** It fails before its first round. */
    NONE,
    /** It says so and goes on with the CPU. */
    CPU
  }

  public ComputeConfig {
    Objects.requireNonNull(device);
    Objects.requireNonNull(fallback);
  }

  /**
   * @throws UserError if a value is none of its words
   */
  public static ComputeConfig from(Config root) {
    return new ComputeConfig(
        ConfigWords.read(root, "compute.device", Device.Kind.class),
        ConfigWords.read(root, "compute.fallback", Fallback.class));
  }
}
