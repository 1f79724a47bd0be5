package org.trispike.kernels.io;

import java.nio.ByteBuffer;

/**
 * The rows of a matrix that stays in its file: the operating system holds what is read of them, the
 * heap nothing. One buffer reaches 2 GiB, so there are as many as the rows need. Safe for
 * concurrent use.
 */
public final class MappedMatrix {
  private final int rows;
  private final int columns;
  private final boolean half;
  private final int rowsOfABuffer;
  private final ByteBuffer[] buffers;

  /**
   * @param half whether elements are F16, else F32
   * @param buffers little-endian, each but the last with {@code rowsOfABuffer} rows
   */
  MappedMatrix(int rows, int columns, boolean half, int rowsOfABuffer, ByteBuffer[] buffers) {
    this.rows = rows;
    this.columns = columns;
    this.half = half;
    this.rowsOfABuffer = rowsOfABuffer;
    this.buffers = buffers;
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  /** Copies one row to {@code target} [columns]. */
  public void row(int row, float[] target) {
    ByteBuffer buffer = buffers[row / rowsOfABuffer];
    int width = half ? Short.BYTES : Float.BYTES;
    int at = row % rowsOfABuffer * columns * width;
    for (int c = 0; c < columns; c++) {
      target[c] = half ? Half.toFloat(buffer.getShort(at + 2 * c)) : buffer.getFloat(at + 4 * c);
    }
  }
}
