package org.trispike.datasets.format.event;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;

/**
 * The text before a recording of Prophesee's software: lines of "% key value". The format may come
 * with the sensor's size, as in "% format EVT3;height=720;width=1280".
 */
final class PropheseeHeader {
  private final Map<String, String> values;
  private final int end;

  private PropheseeHeader(Map<String, String> values, int end) {
    this.values = values;
    this.end = end;
  }

  static PropheseeHeader read(Source source, byte[] bytes) throws CorruptInputException {
    source.check(bytes.length > 0, Reason.EMPTY, "It has no bytes");
    source.check(
        bytes[0] == '%', Reason.BAD_MAGIC, "It is no Prophesee recording: it has no header");
    // With the blank, since a word of data may well begin with the byte of a percent sign.
    TextHeader text = TextHeader.read(source, bytes, "% ", "% end");
    Map<String, String> values = new TreeMap<>();
    for (String line : text.lines()) {
      String[] words = line.substring(1).strip().split("\\s+", 2);
      String key = words[0].toLowerCase(Locale.ROOT);
      String value = words.length < 2 ? "" : words[1];
      String[] parts = value.split(";", -1);
      boolean options = key.equals("format");
      values.put(key, options ? parts[0].strip() : value);
      for (int i = 1; options && i < parts.length; i++) {
        int equals = parts[i].indexOf('=');
        if (equals > 0) {
          String option = parts[i].substring(0, equals).strip().toLowerCase(Locale.ROOT);
          values.put(option, parts[i].substring(equals + 1).strip());
        }
      }
    }
    return new PropheseeHeader(values, text.end());
  }

  /** The index of the first byte behind it. */
  int end() {
    return end;
  }

  Optional<String> value(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** The events on the sensor that the header tells of, or on the smallest. */
  Events events(Source source, EventBuffer events) throws CorruptInputException {
    String geometry = values.get("geometry");
    if (geometry != null) {
      int by = geometry.indexOf('x');
      source.check(by > 0, Reason.BAD_HEADER, "'%s' is no geometry", geometry);
      String width = geometry.substring(0, by).strip();
      return events.events(Sensor.declared(source, width, geometry.substring(by + 1).strip()));
    }
    String width = values.get("width");
    String height = values.get("height");
    return width == null || height == null
        ? events.events()
        : events.events(Sensor.declared(source, width, height));
  }
}
