package org.trispike.datasets.format;

import java.nio.ByteBuffer;

/**
 * Numbers of one type, one after the other: what arrays of NumPy and HDF5 hold. Whoever asks for
 * one has checked that it lies within.
 */
public final class Numbers {
  private final ByteBuffer data;
  private final char kind;
  private final int size;

  /**
   * @param data the numbers, from its position on and in its byte order; shared, not copied
   * @param kind 'f' for floating point, 'i' for signed and 'u' for unsigned integers
   * @param size of one number, in bytes
   */
  public Numbers(ByteBuffer data, char kind, int size) {
    if (!known(kind, size)) {
      throw new IllegalArgumentException("There are no numbers " + kind + size);
    }
    this.data = data.slice().order(data.order());
    this.kind = kind;
    this.size = size;
  }

  public static boolean known(char kind, int size) {
    return kind == 'f'
        ? size == 2 || size == 4 || size == 8
        : (kind == 'i' || kind == 'u') && (size == 1 || size == 2 || size == 4 || size == 8);
  }

  public int count() {
    return data.limit() / size;
  }

  /** Whether they are integers. */
  public boolean whole() {
    return kind != 'f';
  }

  /** The nearest float. */
  public float get(int index) {
    if (kind == 'f') {
      return size == 2 ? half(data.getShort(index * 2)) : (float) decimal(index);
    }
    long value = integer(index);
    if (kind == 'u' && value < 0) {
      return (value >>> 32) * 0x1p32f + (value & 0xFFFFFFFFL);
    }
    return value;
  }

  /** A floating-point number as it stands. */
  public double decimal(int index) {
    return switch (size) {
      case 2 -> half(data.getShort(index * 2));
      case 4 -> data.getFloat(index * 4);
      default -> data.getDouble(index * 8);
    };
  }

  /** An integer as it stands; unsigned ones from 2^63 on are negative. */
  public long integer(int index) {
    boolean signed = kind == 'i';
    return switch (size) {
      case 1 -> signed ? data.get(index) : data.get(index) & 255;
      case 2 -> signed ? data.getShort(index * 2) : data.getShort(index * 2) & 0xFFFF;
      case 4 -> signed ? data.getInt(index * 4) : data.getInt(index * 4) & 0xFFFFFFFFL;
      default -> data.getLong(index * 8);
    };
  }

  /** An IEEE half: its exponent is biased by 15, that of a float by 127. */
  private static float half(short half) {
    int sign = (half & 0x8000) << 16;
    int magnitude = (half & 0x7FFF) << 13;
    if (magnitude >= 0x0F800000) {
      return Float.intBitsToFloat(sign | 0x7F800000 | (magnitude & 0x7FFFFF));
    }
    float value = Float.intBitsToFloat(magnitude) * 0x1p112f;
    return sign == 0 ? value : -value;
  }
}
