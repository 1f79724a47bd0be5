package org.trispike.datasets.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Words and numbers of a text file, without a string for each. Words are parted by spaces, tabs and
 * line ends ({@code \n}, {@code \r\n} or {@code \r}); a comment runs from {@code #} to the end of
 * its line. A byte order mark at the start is left out.
 */
final class TextScanner {
  private static final double[] POWERS = new double[23];

  static {
    double power = 1;
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = power; // powers of ten up to 22 are exact
      power *= 10;
    }
  }

  /** Stands for a line end between joined lines: a space that still counts as a line. */
  private static final byte JOINT = 0x0B;

  private final Source source;
  private final byte[] bytes;
  private final boolean comments;
  private int at;
  private int end;

  /**
   * @param from the first byte
   * @param comments whether {@code #} begins a comment
   */
  TextScanner(Source source, byte[] bytes, int from, boolean comments) {
    this.source = source;
    this.bytes = bytes;
    this.comments = comments;
    this.at = from;
    boolean mark =
        from == 0
            && bytes.length >= 3
            && bytes[0] == (byte) 0xEF
            && bytes[1] == (byte) 0xBB
            && bytes[2] == (byte) 0xBF;
    if (mark) {
      at = 3;
    }
  }

  /**
   * The bytes with lines that end in a backslash joined with the next: spaces take their place, in
   * a copy if there are any. Comment lines stay, since paths in them end so by chance.
   */
  static byte[] joinLines(byte[] bytes) {
    byte[] joined = bytes;
    boolean comment = false;
    for (int i = 0; i < bytes.length; i++) {
      int b = bytes[i];
      if (b == '\n' || b == '\r') {
        comment = false;
      } else if (b == '#') {
        comment = true;
      } else if (b == '\\' && !comment) {
        boolean carriage = i + 1 < bytes.length && bytes[i + 1] == '\r';
        int last = carriage ? i + 2 : i + 1;
        boolean feed = last < bytes.length && bytes[last] == '\n';
        if (carriage || feed) {
          joined = joined == bytes ? bytes.clone() : joined;
          Arrays.fill(joined, i, last, (byte) ' ');
          joined[feed ? last : i + 1] = JOINT;
          i = feed ? last : i + 1;
        }
      }
    }
    return joined;
  }

  int position() {
    return at;
  }

  int remaining() {
    return bytes.length - at;
  }

  boolean finished() {
    return at >= bytes.length;
  }

  /** Whether another word stands before the end of the line; moves to it. */
  boolean moreOnLine() {
    while (at < bytes.length) {
      byte b = bytes[at];
      if (b == '\n' || b == '\r') {
        return false;
      }
      if (comments && b == '#') {
        skipToLineEnd();
        return false;
      }
      if (b != ' ' && b != '\t' && b != '\f' && b != JOINT) {
        return true;
      }
      at++;
    }
    return false;
  }

  /** Moves to the next word of the file, over line ends; false at the end of the file. */
  boolean more() {
    while (!moreOnLine()) {
      if (finished()) {
        return false;
      }
      at++;
    }
    return true;
  }

  /** Moves behind the end of this line. */
  void nextLine() {
    skipToLineEnd();
    if (at < bytes.length) {
      at += bytes[at] == '\r' && at + 1 < bytes.length && bytes[at + 1] == '\n' ? 2 : 1;
    }
  }

  /** The rest of the line, without spaces around it and without comments. */
  String restOfLine() {
    int start = at;
    while (at < bytes.length && bytes[at] != '\n' && bytes[at] != '\r') {
      if (comments && bytes[at] == '#') {
        break;
      }
      at++;
    }
    String rest = new String(bytes, start, at - start, StandardCharsets.UTF_8).strip();
    skipToLineEnd();
    return rest;
  }

  private void skipToLineEnd() {
    while (at < bytes.length && bytes[at] != '\n' && bytes[at] != '\r') {
      at++;
    }
  }

  /** The next word of the file. */
  String word() throws CorruptInputException {
    source.check(more(), Reason.TRUNCATED, "The file ends where a word should follow");
    findEnd();
    String word = new String(bytes, at, end - at, StandardCharsets.UTF_8);
    at = end;
    return word;
  }

  /** The byte at this place, 0 at the end. */
  int peek() {
    return at < bytes.length ? bytes[at] : 0;
  }

  /** Passes over one byte. */
  void skip() {
    at++;
  }

  /** Passes over {@code expected} if that is what stands here; case is ignored. */
  boolean skip(String expected) {
    int length = expected.length();
    if (at + length > bytes.length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      int b = bytes[at + i];
      if (b != expected.charAt(i) && b != Character.toUpperCase(expected.charAt(i))) {
        return false;
      }
    }
    at += length;
    return true;
  }

  /** Whether what stands here is {@code expected} and ends there. */
  boolean skipWord(String expected) {
    int start = at;
    if (skip(expected) && (finished() || isSpace(bytes[at]))) {
      return true;
    }
    at = start;
    return false;
  }

  /** The next number of the file as a float; one that overflows becomes infinite. */
  float number() throws CorruptInputException {
    source.check(more(), Reason.TRUNCATED, "The file ends where a number should follow");
    findEnd();
    int i = at;
    boolean negative = bytes[i] == '-';
    if (negative || bytes[i] == '+') {
      i++;
    }
    long digits = 0;
    int scale = 0;
    int count = 0;
    boolean point = false;
    for (; i < end; i++) {
      int c = bytes[i];
      if (c >= '0' && c <= '9') {
        digits = digits * 10 + (c - '0');
        count++;
        scale -= point ? 1 : 0;
      } else if (c == '.' && !point) {
        point = true;
      } else {
        break;
      }
    }
    boolean exact = count > 0 && count < 18 && digits < 1L << 53;
    if (exact && i < end && (bytes[i] | 0x20) == 'e' && end - i >= 2 && end - i <= 5) {
      int sign = bytes[i + 1] == '-' ? -1 : 1;
      i += bytes[i + 1] == '-' || bytes[i + 1] == '+' ? 2 : 1;
      int exponent = 0;
      exact = i < end;
      for (; i < end && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
        exponent = exponent * 10 + (bytes[i] - '0');
      }
      scale += sign * exponent;
    }
    if (!exact || i < end || scale < -22 || scale > 22) {
      return slowNumber();
    }
    at = end;
    double value = scale < 0 ? digits / POWERS[-scale] : digits * POWERS[scale];
    return (float) (negative ? -value : value);
  }

  private float slowNumber() throws CorruptInputException {
    String word = new String(bytes, at, end - at, StandardCharsets.ISO_8859_1);
    at = end;
    String plain = word.startsWith("-") || word.startsWith("+") ? word.substring(1) : word;
    if (plain.regionMatches(true, 0, "nan", 0, 3) || plain.startsWith("1.#")) {
      return Float.NaN;
    }
    if (plain.regionMatches(true, 0, "inf", 0, 3)) {
      return Float.POSITIVE_INFINITY;
    }
    try {
      return (float) Double.parseDouble(word);
    } catch (NumberFormatException e) {
      throw source.bad(Reason.BAD_ROW, "Line %s: '%s' is no number", line(), Source.brief(word));
    }
  }

  /** Whether the word that begins here is a number. */
  boolean atNumber() {
    findEnd();
    int digits = 0;
    for (int i = at; i < end; i++) {
      int c = bytes[i];
      digits += c >= '0' && c <= '9' ? 1 : 0;
      boolean other = c == '.' || c == '-' || c == '+' || (c | 0x20) == 'e';
      if (!other && !(c >= '0' && c <= '9')) {
        return false;
      }
    }
    return digits > 0;
  }

  /** The next whole number of the file. */
  long integer() throws CorruptInputException {
    source.check(more(), Reason.TRUNCATED, "The file ends where a number should follow");
    findEnd();
    int start = at;
    long value = integerPart();
    if (at != end) {
      at = start;
      throw source.bad(
          Reason.BAD_ROW, "Line %s: '%s' is no whole number", line(), Source.brief(word()));
    }
    return value;
  }

  /**
   * The whole number that begins here; what stands behind it, such as a slash, stays.
   *
   * @throws CorruptInputException if no digit stands here, or more than 15
   */
  long integerPart() throws CorruptInputException {
    int i = at;
    boolean negative = i < bytes.length && bytes[i] == '-';
    if (negative || (i < bytes.length && bytes[i] == '+')) {
      i++;
    }
    int first = i;
    long value = 0;
    while (i < bytes.length && bytes[i] >= '0' && bytes[i] <= '9' && i - first < 16) {
      value = value * 10 + (bytes[i++] - '0');
    }
    if (i == first || i - first > 15) {
      throw source.bad(
          Reason.BAD_ROW, "Line %s: '%s' is no whole number", line(), Source.brief(word()));
    }
    at = i;
    return negative ? -value : value;
  }

  private void findEnd() {
    end = at;
    while (end < bytes.length && !isSpace(bytes[end]) && !(comments && bytes[end] == '#')) {
      end++;
    }
  }

  static boolean isSpace(byte b) {
    return b == ' ' || (b >= 0x09 && b <= 0x0D);
  }

  /** The number of this line, from 1. */
  int line() {
    int line = 1;
    for (int i = 0; i < Math.min(at, bytes.length); i++) {
      boolean carriage = bytes[i] == '\r' && !(i + 1 < bytes.length && bytes[i + 1] == '\n');
      if (bytes[i] == '\n' || bytes[i] == JOINT || carriage) {
        line++;
      }
    }
    return line;
  }
}
