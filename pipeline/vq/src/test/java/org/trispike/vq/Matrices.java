package org.trispike.vq;

import org.trispike.kernels.KeyedRandom;
import org.trispike.kernels.io.FloatArray;

/** Matrices to quantize. */
public final class Matrices {
  private Matrices() {}

  /** Standard normal numbers. */
  public static FloatArray gaussian(long key, int rows, int columns) {
    KeyedRandom random = KeyedRandom.of(key);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new FloatArray(new int[] {rows, columns}, values);
  }

  /** Squared error per element of what a tensor stands for. */
  public static double error(FloatArray matrix, double[] decoded) {
    double error = 0;
    for (int i = 0; i < decoded.length; i++) {
      error += (matrix.data()[i] - decoded[i]) * (matrix.data()[i] - decoded[i]);
    }
    return error / decoded.length;
  }

  /** A tensor of drawn codes and entries. */
  public static VqTensor drawn(VqConfig config, int rows, int columns, long key) {
    KeyedRandom random = KeyedRandom.of(key);
    PackedCodes.Builder codes =
        new PackedCodes.Builder(config.indexBits(), VqTensor.codeCount(config, rows, columns));
    for (long i = 0; i < VqTensor.codeCount(config, rows, columns); i++) {
      // Low codes are more frequent, as in trained ones.
      codes.set(i, (int) (config.entries() * Math.pow(random.nextDouble(), 3)));
    }
    int count = config.codebooks(rows, columns);
    Codebooks codebooks;
    if (config.kind() == CodebookKind.E8P) {
      float[] scales = new float[count * config.rounds()];
      java.util.Arrays.fill(scales, 0.5f);
      codebooks = new E8pCodebooks(new FloatArray(new int[] {count, config.rounds()}, scales));
    } else {
      int[] shape = {count, config.rounds(), config.entries(), config.vectorLength()};
      FloatArray flat = gaussian(key + 1, 1, shape[0] * shape[1] * shape[2] * shape[3]);
      codebooks = new TrainedCodebooks(new FloatArray(shape, flat.data()));
    }
    return new VqTensor(config, rows, columns, codebooks, codes.build(), null);
  }
}
