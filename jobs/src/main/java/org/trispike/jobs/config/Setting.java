package org.trispike.jobs.config;

import java.util.Objects;

/**
 * A setting as the reference documents it.
 *
 * @param key its full path, e.g. {@code pretrain.batch-size}
 * @param value the default, as it would be written
 * @param meaning the sentence beside it
 */
public record Setting(String key, String value, String meaning) {
  public Setting {
    Objects.requireNonNull(key);
    Objects.requireNonNull(value);
    Objects.requireNonNull(meaning);
  }
}
