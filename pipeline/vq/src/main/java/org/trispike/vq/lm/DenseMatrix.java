package org.trispike.vq.lm;

import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.cpu.MatrixVector;

/** Full precision. */
final class DenseMatrix implements MatrixVector, Table {
  private final Lanes lanes;
  private final float[] data;
  private final int rows;
  private final int columns;

  DenseMatrix(Lanes lanes, FloatArray matrix) {
    this.lanes = lanes;
    this.data = matrix.data();
    this.rows = matrix.shape()[0];
    this.columns = matrix.shape()[1];
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public void apply(float[] x, float[] y) {
    for (int row = 0; row < rows; row++) {
      y[row] = lanes.dot(data, row * columns, x, 0, columns);
    }
  }

  @Override
  public String description() {
    return "float32";
  }

  @Override
  public void row(int token, float[] target) {
    System.arraycopy(data, token * columns, target, 0, columns);
  }
}
