package org.trispike.vq.cpu;

/** Every element as a float. */
final class DenseRows implements Multiplier {
  private final Lanes lanes;
  private final int columns;
  private final float[] values;

  DenseRows(Lanes lanes, RowSource source, int rows, int columns) {
    this.lanes = lanes;
    this.columns = columns;
    this.values = new float[Math.multiplyExact(rows, columns)];
    float[] row = new float[columns];
    for (int r = 0; r < rows; r++) {
      source.read(r, row);
      System.arraycopy(row, 0, values, r * columns, columns);
    }
  }

  @Override
  public void multiply(float[] x, float[] y) {
    for (int row = 0; row < y.length; row++) {
      y[row] = lanes.dot(values, row * columns, x, columns);
    }
  }
}
