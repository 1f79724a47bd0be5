package org.trispike.datasets.row;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How numbers of pixels lie in binary values: little-endian, row after row of the picture. */
final class PixelPacking {
  private PixelPacking() {}

  static byte[] pack(short[] classes) {
    ByteBuffer out =
        ByteBuffer.allocate(classes.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.asShortBuffer().put(classes);
    return out.array();
  }

  static short[] classes(byte[] packed) {
    short[] classes = new short[packed.length / Short.BYTES];
    ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(classes);
    return classes;
  }

  static byte[] pack(int[] segments) {
    ByteBuffer out =
        ByteBuffer.allocate(segments.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.asIntBuffer().put(segments);
    return out.array();
  }

  static int[] segments(byte[] packed) {
    int[] segments = new int[packed.length / Integer.BYTES];
    ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(segments);
    return segments;
  }
}
