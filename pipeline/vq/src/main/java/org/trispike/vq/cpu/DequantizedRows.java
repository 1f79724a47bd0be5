package org.trispike.vq.cpu;

import java.util.Arrays;
import org.trispike.vq.VqConfig;
import org.trispike.vq.VqTensor;

/** Rows are looked up and multiplied, band after band. */
final class DequantizedRows implements Multiplier {
  private final Lanes lanes;
  private final DequantizeKernel kernel;
  private final int bandRows;
  private final byte[] codes;
  private final float[] books;
  private final float[] buffer;

  DequantizedRows(VqTensor tensor, DequantizeKernel kernel, Lanes lanes) {
    this.lanes = lanes;
    this.kernel = kernel;
    this.bandRows = Math.min(tensor.config().scope().rows(), tensor.rows());
    this.codes = codes(tensor);
    this.books = Books.of(tensor);
    this.buffer = new float[tensor.groups() * tensor.config().vectorLength()];
  }

  private static byte[] codes(VqTensor tensor) {
    VqConfig config = tensor.config();
    int bytes = WideCodes.bytes(config);
    byte[] codes = new byte[Math.toIntExact(tensor.codes().count() * bytes)];
    int at = 0;
    for (int row = 0; row < tensor.rows(); row++) {
      for (int group = 0; group < tensor.groups(); group++) {
        for (int round = 0; round < config.rounds(); round++) {
          WideCodes.set(codes, at, bytes, tensor.code(round, row, group));
          at += bytes;
        }
      }
    }
    return codes;
  }

  @Override
  public void multiply(float[] x, float[] y) {
    Arrays.fill(y, 0f);
    for (int band = 0; band * bandRows < y.length; band++) {
      int first = band * bandRows;
      int last = Math.min(first + bandRows, y.length);
      kernel.add(codes, books, x, buffer, lanes, y, band, first, last);
    }
  }
}
