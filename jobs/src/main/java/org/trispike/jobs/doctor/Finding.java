package org.trispike.jobs.doctor;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What a check has to say, in a line.
 *
 * @param seen what is there
 * @param mend what to type or to change; "" where nothing is amiss
 */
record Finding(Level level, String check, String seen, String mend) {
  /** How bad it is. */
  enum Level {
    OK,
    /** A run will work, but slowly, less safely, or not for long. */
    WARN,
    /** A run will fail. */
    FAIL;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Finding {
    Objects.requireNonNull(check);
    Objects.requireNonNull(seen);
    if (mend.isEmpty() != (level == Level.OK)) {
      throw new IllegalArgumentException(level + " with the mend '" + mend + "'");
    }
  }

  static Finding ok(String check, String seen) {
    return new Finding(Level.OK, check, seen, "");
  }

  static Finding warn(String check, String seen, String mend) {
    return new Finding(Level.WARN, check, seen, mend);
  }

  static Finding fail(String check, String seen, String mend) {
    return new Finding(Level.FAIL, check, seen, mend);
  }

  /** The same of a named place. */
  Finding at(String place) {
    return new Finding(level, check, place + ": " + seen, mend);
  }

  String text() {
    String line = String.format(Locale.ROOT, "%-4s  %-9s  %s", level.word(), check, seen);
    return mend.isEmpty() ? line : line + ". Mend: " + mend;
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("level", level.word());
    map.put("check", check);
    map.put("seen", seen);
    map.put("mend", mend);
    return map;
  }
}
