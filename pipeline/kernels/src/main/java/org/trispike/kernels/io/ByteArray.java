package org.trispike.kernels.io;

/**
 * A row-major array of unsigned bytes on the heap: what a file holds.
 *
 * @param shape extents
 * @param data as many elements as the extents' product
 */
public record ByteArray(int[] shape, byte[] data) {
  public ByteArray {
    Shapes.check(shape, data.length);
  }

  /** One dimension. */
  public static ByteArray vector(byte... data) {
    return new ByteArray(new int[] {data.length}, data);
  }
}
