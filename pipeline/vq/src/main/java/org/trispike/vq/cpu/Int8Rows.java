package org.trispike.vq.cpu;

/** Every element as a byte: the nearest of 255 steps up to the largest magnitude of its row. */
final class Int8Rows implements Multiplier {
  private static final int TOP = 127;

  private final Lanes lanes;
  private final int columns;
  private final byte[] values;
  private final float[] scales;

  Int8Rows(Lanes lanes, RowSource source, int rows, int columns) {
    this.lanes = lanes;
    this.columns = columns;
    this.values = new byte[Math.multiplyExact(rows, columns)];
    this.scales = new float[rows];
    float[] row = new float[columns];
    for (int r = 0; r < rows; r++) {
      source.read(r, row);
      float largest = 0;
      for (float value : row) {
        largest = Math.max(largest, Math.abs(value));
      }
      scales[r] = largest / TOP;
      for (int i = 0; i < columns && largest > 0; i++) {
        values[r * columns + i] = (byte) Math.round(row[i] * TOP / largest);
      }
    }
  }

  @Override
  public void multiply(float[] x, float[] y) {
    for (int row = 0; row < y.length; row++) {
      y[row] = scales[row] * lanes.dot(values, row * columns, x, columns);
    }
  }
}
