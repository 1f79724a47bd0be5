package org.trispike.datasets.format.pickle;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;

/** The instructions that push one value which is written behind them. */
final class PickleScalars {
  private static final Pattern WHOLE = Pattern.compile("[-+]?\\d{1,400}");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(\\d{1,400}(\\.\\d{0,400})?|\\.\\d{1,400})([eE][-+]?\\d{1,9})?");

  private final PickleInput in;

  PickleScalars(PickleInput in) {
    this.in = in;
  }

  /** The value of an instruction; null if that is none of these. */
  Object read(int instruction) throws CorruptInputException {
    return switch (instruction) {
      case 'K' -> (long) in.uint8();
      case 'M' -> (long) in.uint16();
      case 'J' -> (long) in.int32();
      case 0x8A -> integer(in.uint8());
      case 0x8B -> integer(in.uint32());
      case 'I' -> integerOrBoolean(in.line());
      case 'L' -> longInteger(in.line());
      case 'F' -> decimal(in.line());
      case 'G' -> in.float64();
      case 0x88 -> true;
      case 0x89 -> false;
      case 'V' -> escaped(in.line());
      case 0x8C -> in.utf8(in.uint8());
      case 'X' -> in.utf8(in.uint32());
      case 0x8D -> in.utf8(in.uint64());
      // Texts of Python 2 are bytes; NumPy kept its numbers in them.
      case 'U' -> latin1(in.uint8());
      case 'T' -> latin1(in.uint32());
      case 'C' -> in.bytes(in.uint8());
      case 'B' -> in.bytes(in.uint32());
      case 0x8E, 0x96 -> in.bytes(in.uint64());
      default -> null;
    };
  }

  private String latin1(long length) throws CorruptInputException {
    return new String(in.bytes(length), StandardCharsets.ISO_8859_1);
  }

  /** Two's complement, the low byte first. */
  private Long integer(long length) throws CorruptInputException {
    in.need(length);
    if (length > 8) {
      throw in.bad(Reason.UNSUPPORTED, "An integer of %s bytes is beyond 64 bits", length);
    }
    byte[] bytes = in.bytes(length);
    long value = length > 0 && bytes[(int) length - 1] < 0 ? -1 : 0;
    for (int i = (int) length - 1; i >= 0; i--) {
      value = value << 8 | (bytes[i] & 255);
    }
    return value;
  }

  private Object integerOrBoolean(String text) throws CorruptInputException {
    if (text.equals("00") || text.equals("01")) {
      return text.equals("01");
    }
    return integer(text);
  }

  private Long longInteger(String text) throws CorruptInputException {
    return integer(text.endsWith("L") ? text.substring(0, text.length() - 1) : text);
  }

  private Long integer(String text) throws CorruptInputException {
    if (!WHOLE.matcher(text).matches()) {
      throw in.bad(Reason.CORRUPT_INPUT, "'%s' is no integer", Source.brief(text));
    }
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw in.bad(Reason.UNSUPPORTED, "The integer %s is beyond 64 bits", Source.brief(text));
    }
  }

  private Double decimal(String text) throws CorruptInputException {
    return switch (text) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      case "nan", "-nan" -> Double.NaN;
      default -> {
        if (!DECIMAL.matcher(text).matches()) {
          throw in.bad(Reason.CORRUPT_INPUT, "'%s' is no number", Source.brief(text));
        }
        yield Double.valueOf(text);
      }
    };
  }

  /** Python's raw-unicode-escape: Latin-1, and &#92;uXXXX or &#92;UXXXXXXXX for the rest. */
  private String escaped(String line) throws CorruptInputException {
    StringBuilder text = new StringBuilder(line.length());
    int at = 0;
    while (at < line.length()) {
      char next = at + 1 < line.length() ? line.charAt(at + 1) : 0;
      boolean escape = line.charAt(at) == '\\' && (next == 'u' || next == 'U');
      if (escape) {
        int end = at + 2 + (next == 'u' ? 4 : 8);
        text.appendCodePoint(codePoint(line, at + 2, end));
        at = end;
      } else {
        text.append(line.charAt(at++));
      }
    }
    return text.toString();
  }

  private int codePoint(String line, int from, int to) throws CorruptInputException {
    int code = to <= line.length() ? 0 : -1;
    for (int i = from; i < to && code >= 0; i++) {
      int digit = line.charAt(i) < 128 ? Character.digit(line.charAt(i), 16) : -1;
      code = digit < 0 || code > 0x10FFFF ? -1 : code << 4 | digit;
    }
    in.check(Character.isValidCodePoint(code), Reason.CORRUPT_INPUT, "An escape is no character");
    return code;
  }
}
