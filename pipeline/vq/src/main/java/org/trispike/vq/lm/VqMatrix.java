package org.trispike.vq.lm;

import org.trispike.vq.VqTensor;
import org.trispike.vq.cpu.MatrixVector;

/**
 * Codes whose rows are decoded when they are multiplied: the memory of the codes at the time of
 * decoding them, which is many times that of a dense product. For any configuration.
 */
final class VqMatrix implements MatrixVector, Table {
  private final Lanes lanes;
  private final VqTensor tensor;
  private final float[] row;

  VqMatrix(Lanes lanes, VqTensor tensor) {
    if (tensor.rotation().isPresent()) {
      throw new IllegalArgumentException("Weights with a rotation are not multiplied");
    }
    this.lanes = lanes;
    this.tensor = tensor;
    this.row = new float[tensor.groups() * tensor.config().vectorLength()];
  }

  @Override
  public int rows() {
    return tensor.rows();
  }

  @Override
  public int columns() {
    return tensor.columns();
  }

  @Override
  public void apply(float[] x, float[] y) {
    for (int i = 0; i < rows(); i++) {
      tensor.decode(i, row);
      y[i] = lanes.dot(row, 0, x, 0, columns());
    }
  }

  @Override
  public String description() {
    return tensor.config() + ", decoded row by row";
  }

  @Override
  public void row(int token, float[] target) {
    tensor.decode(token, row);
    System.arraycopy(row, 0, target, 0, columns());
  }
}
