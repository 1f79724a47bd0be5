package org.trispike.datasets.format;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A line of a small text file, with the checks that carry its number.
 *
 * @param source the file
 * @param number of the line, from 1
 * @param text without the line's end
 */
public record TextLine(Source source, int number, String text) {
  /** A line takes some 100 bytes as an object, whatever it says. */
  private static final int MOST_LINES = 1_000_000;

  private static final Pattern LINE_END = Pattern.compile("\r\n|\n|\r");
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,18}");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?");

  /** The lines of a file in UTF-8 that are not blank; a byte order mark is left out. */
  public static List<TextLine> read(Source source) throws CorruptInputException {
    byte[] bytes = source.bytes();
    int ends = 0;
    for (byte b : bytes) {
      ends += b == '\n' || b == '\r' ? 1 : 0;
    }
    source.check(
        ends <= MOST_LINES, Reason.TOO_LARGE, "It has %s lines, above %s", ends, MOST_LINES);
    List<TextLine> lines = new ArrayList<>();
    int number = 0;
    for (String text : LINE_END.split(Utf8.decode(source, bytes), -1)) {
      number++;
      if (!text.isBlank()) {
        lines.add(new TextLine(source, number, text));
      }
    }
    return lines;
  }

  /** What stands between blanks. */
  public String[] words() {
    return BLANKS.split(text.strip());
  }

  /** What stands between the separators, without blanks around it. */
  public String[] cells(char separator) {
    String[] cells = text.split(Pattern.quote(String.valueOf(separator)), -1);
    for (int i = 0; i < cells.length; i++) {
      cells[i] = cells[i].strip();
    }
    return cells;
  }

  /** A finite number of this line. */
  public double decimal(String word) throws CorruptInputException {
    check(DECIMAL.matcher(word).matches(), "'%s' is no number", Source.brief(word));
    double value = Double.parseDouble(word);
    if (!Double.isFinite(value)) {
      throw fault(Reason.NOT_FINITE, "'%s' is not finite", Source.brief(word));
    }
    return value;
  }

  /** A whole number of this line, within bounds. */
  public long whole(String word, long least, long most) throws CorruptInputException {
    check(WHOLE.matcher(word).matches(), "'%s' is no whole number", Source.brief(word));
    long value = Long.parseLong(word);
    check(value >= least && value <= most, "%s is outside %s..%s", value, least, most);
    return value;
  }

  public void check(boolean ok, String message, Object... values) throws CorruptInputException {
    if (!ok) {
      throw fault(Reason.BAD_ROW, message, values);
    }
  }

  public CorruptInputException fault(Reason reason, String message, Object... values) {
    String text = "Line " + number + ": " + message;
    return source.bad(reason, text, values);
  }
}
