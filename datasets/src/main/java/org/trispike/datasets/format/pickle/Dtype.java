package org.trispike.datasets.format.pickle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Numbers;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;

/**
 * A type of NumPy.
 *
 * @param kind as {@link Numbers} has it, or 'b' for truth values, 'U' for texts, 'O' for objects
 * @param size of one value, in bytes
 */
record Dtype(char kind, int size, ByteOrder order) {
  private static final Pattern NAME = Pattern.compile("([a-zA-Z])(\\d{1,6})");

  static Dtype named(PickleInput in, String name) throws CorruptInputException {
    Matcher match = NAME.matcher(name);
    if (match.matches()) {
      char kind = match.group(1).charAt(0);
      int size = Integer.parseInt(match.group(2));
      if (Numbers.known(kind, size) || (kind == 'b' && size == 1) || (kind == 'O' && size == 8)) {
        return new Dtype(kind, size, ByteOrder.LITTLE_ENDIAN);
      }
      if (kind == 'U') {
        return new Dtype(kind, size * 4, ByteOrder.LITTLE_ENDIAN);
      }
    }
    throw in.bad(Reason.UNSUPPORTED, "Arrays of type '%s' are not read", Source.brief(name));
  }

  Dtype ordered(ByteOrder other) {
    return new Dtype(kind, size, other);
  }

  Numbers numbers(byte[] bytes) {
    return new Numbers(ByteBuffer.wrap(bytes).order(order), numberKind(), size);
  }

  /** Truth values are bytes of 0 and 1. */
  char numberKind() {
    return kind == 'b' ? 'u' : kind;
  }

  /** The texts of an array: code points of four bytes, filled up with zeros. */
  List<Object> texts(PickleInput in, byte[] bytes, int count) throws CorruptInputException {
    in.count(count);
    in.copy(bytes.length);
    ByteBuffer codes = ByteBuffer.wrap(bytes).order(order);
    List<Object> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder();
      int zeros = 0;
      for (int c = 0; c < size / 4; c++) {
        int code = codes.getInt();
        in.check(
            Character.isValidCodePoint(code), Reason.CORRUPT_INPUT, "A text holds no character");
        zeros = code == 0 ? zeros + 1 : 0;
        text.appendCodePoint(code);
      }
      text.setLength(text.length() - zeros);
      texts.add(text.toString());
    }
    return texts;
  }
}
