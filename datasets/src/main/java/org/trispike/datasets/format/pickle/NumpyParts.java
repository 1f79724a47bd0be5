package org.trispike.datasets.format.pickle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.NpyArray;
import org.trispike.datasets.format.Numbers;
import org.trispike.datasets.format.Reason;

/** Does what the calls and states in NumPy's pickles ask for, with every argument checked. */
final class NumpyParts {
  /** A type or array between the call that makes it and the state that completes it. */
  static final class Draft {
    private final Dtype type;
    private Object finished;

    private Draft(Dtype type) {
      this.type = type;
    }
  }

  private final PickleInput in;

  NumpyParts(PickleInput in) {
    this.in = in;
  }

  /** What a value has become since it was remembered. */
  static Object finished(Object value) {
    return value instanceof Draft draft && draft.finished != null ? draft.finished : value;
  }

  Object call(Object function, Object arguments) throws CorruptInputException {
    List<?> args = tuple(arguments);
    int count = args.size();
    if (function == Global.RECONSTRUCT && count == 3 && args.get(0) == Global.NDARRAY) {
      return new Draft(null);
    }
    if (function == Global.DTYPE && count == 3 && args.get(0) instanceof String name) {
      return new Draft(Dtype.named(in, name));
    }
    if (function == Global.SCALAR && count == 2) {
      return scalar(type(args.get(0)), args.get(1));
    }
    if (function == Global.FROM_BUFFER && count == 4) {
      boolean columnsFirst = "F".equals(args.get(3));
      in.check(
          columnsFirst || "C".equals(args.get(3)),
          Reason.CORRUPT_INPUT,
          "An array has no known order");
      return array(type(args.get(1)), shape(args.get(2)), columnsFirst, args.get(0));
    }
    if (function == Global.ENCODE && count == 2 && "latin1".equals(args.get(1))) {
      return bytes(args.get(0));
    }
    throw in.bad(Reason.CORRUPT_INPUT, "It calls something with wrong arguments");
  }

  /** The value of a draft, by its state. */
  Object build(Object value, Object state) throws CorruptInputException {
    if (!(value instanceof Draft draft) || draft.finished != null) {
      throw in.bad(Reason.UNSUPPORTED, "It gives a state to what has none");
    }
    List<?> parts = tuple(state);
    draft.finished = draft.type == null ? array(parts) : type(draft.type, parts);
    return draft.finished;
  }

  /** State: 3 or 4, byte order, subtype, names and fields of a record, and what follows of it. */
  private Dtype type(Dtype type, List<?> state) throws CorruptInputException {
    boolean known =
        state.size() >= 8
            && (Long.valueOf(3).equals(state.get(0)) || Long.valueOf(4).equals(state.get(0)))
            && state.get(1) instanceof String;
    in.check(known, Reason.CORRUPT_INPUT, "A type has an unknown state");
    boolean plain = state.get(2) == null && state.get(3) == null && state.get(4) == null;
    in.check(plain, Reason.UNSUPPORTED, "Arrays of records are not read");
    return switch ((String) state.get(1)) {
      case ">" -> type.ordered(ByteOrder.BIG_ENDIAN);
      case "<", "|", "=" -> type;
      default -> throw in.bad(Reason.CORRUPT_INPUT, "A type has an unknown byte order");
    };
  }

  /** State: 1, shape, type, whether columns come first, and the bytes. */
  private Object array(List<?> state) throws CorruptInputException {
    boolean known =
        state.size() == 5
            && Long.valueOf(1).equals(state.get(0))
            && state.get(3) instanceof Boolean;
    in.check(known, Reason.CORRUPT_INPUT, "An array has an unknown state");
    return array(type(state.get(2)), shape(state.get(1)), (Boolean) state.get(3), state.get(4));
  }

  private Object array(Dtype type, int[] shape, boolean columnsFirst, Object content)
      throws CorruptInputException {
    long count = 1;
    for (int extent : shape) {
      count *= extent;
      in.check(count <= Integer.MAX_VALUE, Reason.COUNT_OVERFLOW, "An array has too many values");
    }
    if (type.kind() == 'O') {
      return objects(shape, (int) count, content);
    }
    byte[] bytes = bytes(content);
    in.check(
        bytes.length == count * type.size(),
        Reason.BAD_HEADER,
        "The size of an array is not that of its shape");
    if (type.kind() != 'U') {
      ByteBuffer data = ByteBuffer.wrap(bytes).order(type.order());
      return NpyArray.of(in.file(), data, type.numberKind(), type.size(), columnsFirst, shape);
    }
    in.check(shape.length == 1, Reason.UNSUPPORTED, "Of arrays of texts only rows are read");
    return type.texts(in, bytes, (int) count);
  }

  /** What NumPy wraps into an array of objects to save it: one, or a row. */
  private Object objects(int[] shape, int count, Object content) throws CorruptInputException {
    in.check(shape.length <= 1, Reason.UNSUPPORTED, "Of arrays of objects only rows are read");
    if (!(content instanceof List<?> list) || list.size() != count) {
      throw in.bad(Reason.BAD_HEADER, "The size of an array is not that of its shape");
    }
    return shape.length == 0 ? list.get(0) : list;
  }

  private Object scalar(Dtype type, Object content) throws CorruptInputException {
    in.check(type.kind() != 'O', Reason.UNSUPPORTED, "A number is an object");
    byte[] bytes = bytes(content);
    in.check(bytes.length == type.size(), Reason.BAD_HEADER, "A number is not as long as its type");
    if (type.kind() == 'U') {
      return type.texts(in, bytes, 1).get(0);
    }
    Numbers number = type.numbers(bytes);
    if (!number.whole()) {
      return number.decimal(0);
    }
    long value = number.integer(0);
    if (type.kind() == 'b') {
      return value != 0;
    }
    in.check(type.kind() == 'i' || value >= 0, Reason.UNSUPPORTED, "An integer is beyond 64 bits");
    return value;
  }

  private Dtype type(Object value) throws CorruptInputException {
    if (finished(value) instanceof Dtype type) {
      return type;
    }
    throw in.bad(Reason.CORRUPT_INPUT, "A type is missing");
  }

  private int[] shape(Object value) throws CorruptInputException {
    List<?> extents = tuple(value);
    in.check(extents.size() <= 32, Reason.COUNT_OVERFLOW, "An array has more than 32 dimensions");
    int[] shape = new int[extents.size()];
    for (int d = 0; d < shape.length; d++) {
      boolean fits = extents.get(d) instanceof Long extent && extent >= 0 && extent < 1L << 31;
      in.check(fits, Reason.COUNT_OVERFLOW, "An array has an impossible shape");
      shape[d] = ((Long) extents.get(d)).intValue();
    }
    return shape;
  }

  /** Bytes; the protocols before 3 have them as text of Latin-1. */
  private byte[] bytes(Object value) throws CorruptInputException {
    if (value instanceof byte[] bytes) {
      return bytes;
    }
    if (!(value instanceof String text)) {
      throw in.bad(Reason.CORRUPT_INPUT, "Bytes are missing");
    }
    in.copy(text.length());
    for (int i = 0; i < text.length(); i++) {
      in.check(text.charAt(i) < 256, Reason.CORRUPT_INPUT, "A byte is above 255");
    }
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private List<?> tuple(Object value) throws CorruptInputException {
    if (value instanceof List<?> list && !PickleStack.growing(value)) {
      return list;
    }
    throw in.bad(Reason.CORRUPT_INPUT, "A tuple is missing");
  }
}
