package org.trispike.jobs;

import java.util.LinkedHashMap;
import java.util.Map;

/** Collects the settings that a command's own options stand for. */
final class DirectOptions {
  private final Map<String, String> settings = new LinkedHashMap<>();

  /** Notes {@code value} for {@code key}, unless the option was not given. */
  DirectOptions put(String key, Object value) {
    if (value != null) {
      settings.put(key, value.toString());
    }
    return this;
  }

  Map<String, String> settings() {
    return settings;
  }
}
