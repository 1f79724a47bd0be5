package org.trispike.datasets.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The values of a PLY file, one after the other. */
interface PlyValues {
  float number(PlyType type) throws CorruptInputException;

  long integer(PlyType type) throws CorruptInputException;

  /** Fails if what is left of the file cannot hold this element. */
  void expect(PlyElement element) throws CorruptInputException;

  /** Goes to the next row. */
  void endRow();

  /** Numbers between spaces, a row a line. */
  record Text(TextScanner in) implements PlyValues {
    @Override
    public float number(PlyType type) throws CorruptInputException {
      return in.number();
    }

    @Override
    public long integer(PlyType type) throws CorruptInputException {
      return in.integer();
    }

    @Override
    public void expect(PlyElement element) {} // its arrays grow with what is read

    /** Some programs write more into a line than their header says. */
    @Override
    public void endRow() {
      in.nextLine();
    }
  }

  /** Numbers in binary. */
  final class Binary implements PlyValues {
    private final Source source;
    private final ByteBuffer in;

    Binary(Source source, byte[] bytes, int from, ByteOrder order) {
      this.source = source;
      this.in = ByteBuffer.wrap(bytes).order(order).position(from);
    }

    @Override
    public float number(PlyType type) throws CorruptInputException {
      if (type == PlyType.FLOAT) {
        need(4);
        return in.getFloat();
      }
      if (type == PlyType.DOUBLE) {
        need(8);
        return (float) in.getDouble();
      }
      return integer(type);
    }

    @Override
    public long integer(PlyType type) throws CorruptInputException {
      need(type.bytes());
      return switch (type) {
        case CHAR -> in.get();
        case UCHAR -> in.get() & 255;
        case SHORT -> in.getShort();
        case USHORT -> in.getShort() & 0xFFFF;
        case INT -> in.getInt();
        case UINT -> in.getInt() & 0xFFFFFFFFL;
        case FLOAT -> (long) in.getFloat();
        case DOUBLE -> (long) in.getDouble();
      };
    }

    @Override
    public void expect(PlyElement element) throws CorruptInputException {
      int row = element.leastBytes();
      if (row > 0 && element.count() > in.remaining() / row) {
        throw source.bad(
            Reason.TRUNCATED,
            "%s rows of the element '%s' are more than the %s bytes that are left",
            element.count(),
            Source.brief(element.name()),
            in.remaining());
      }
    }

    @Override
    public void endRow() {}

    private void need(int bytes) throws CorruptInputException {
      if (in.remaining() < bytes) {
        throw source.bad(Reason.TRUNCATED, "The file ends at byte %s, in a value", in.limit());
      }
    }
  }
}
