package org.trispike.datasets.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A stretch of bytes of a file, not copied; numbers in it are little-endian. Whoever asks for a
 * value has checked that it lies within.
 *
 * @param array the file, or a part of it
 * @param from index of the first byte
 * @param length in bytes
 */
@SuppressWarnings("ArrayRecordComponent") // a large array that is passed through
record ByteSlice(byte[] array, int from, int length) {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle FLOAT =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

  static ByteSlice of(byte[] array) {
    return new ByteSlice(array, 0, array.length);
  }

  /** The bytes from {@code start} on, which must lie within. */
  ByteSlice part(int start, int size) {
    if (start < 0 || size < 0 || size > length - start) {
      throw new IndexOutOfBoundsException(start + " + " + size + " is beyond " + length);
    }
    return new ByteSlice(array, from + start, size);
  }

  int int8(int at) {
    return array[from + at];
  }

  int uint8(int at) {
    return array[from + at] & 255;
  }

  int int16(int at) {
    return (short) SHORT.get(array, from + at);
  }

  int uint16(int at) {
    return (short) SHORT.get(array, from + at) & 0xFFFF;
  }

  int int32(int at) {
    return (int) INT.get(array, from + at);
  }

  float float32(int at) {
    return (float) FLOAT.get(array, from + at);
  }
}
