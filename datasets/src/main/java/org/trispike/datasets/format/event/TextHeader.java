package org.trispike.datasets.format.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;

/**
 * The lines of text before the binary part of a file, each of which begins with a mark.
 *
 * @param lines without their ends
 * @param end the index of the first byte behind them
 */
record TextHeader(List<String> lines, int end) {
  TextHeader {
    lines = List.copyOf(lines);
  }

  /**
   * The lines from the start of a file up to one without the mark.
   *
   * @param last a line that ends the header even if data behind it looks like the mark
   */
  static TextHeader read(Source source, byte[] bytes, String mark, String last)
      throws CorruptInputException {
    List<String> lines = new ArrayList<>();
    int at = 0;
    while (begins(bytes, at, mark)) {
      int end = at;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      source.check(end < bytes.length, Reason.TRUNCATED, "It ends in its header");
      String line = new String(bytes, at, end - at, StandardCharsets.ISO_8859_1).stripTrailing();
      lines.add(line);
      at = end + 1;
      if (line.equals(last)) {
        break;
      }
    }
    return new TextHeader(lines, at);
  }

  static boolean begins(byte[] bytes, int at, String mark) {
    if (at + mark.length() > bytes.length) {
      return false;
    }
    for (int i = 0; i < mark.length(); i++) {
      if (bytes[at + i] != mark.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** What stands behind the first of these words at the start of a line. */
  Optional<String> after(String words) {
    return lines.stream()
        .filter(line -> line.startsWith(words))
        .map(line -> line.substring(words.length()).strip())
        .findFirst();
  }
}
