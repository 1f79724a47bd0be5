package org.trispike.vq.scan;

import java.io.IOException;
import org.trispike.kernels.KeyedRandom;
import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.RealData;

/**
 * Unit rows of 512 by the million, each a pure function of its number, so that none has to be kept:
 * drawn ones, or CLIP's vectors of the 1,203 names of LVIS and beyond them such between two of
 * these, {@code normalise(m + √(1 − t) (a − m) + √t (b − m))} with drawn a, b and t and the mean m
 * of all: as far from the mean as names are. (On straight lines they would crowd around it.)
 */
final class BenchRows implements ExactRows {
  static final int COLUMNS = 512;
  private static final long SEED = 21;

  private final FloatArray names;
  private final float[] mean = new float[COLUMNS];

  private BenchRows(FloatArray names) {
    this.names = names;
    for (int i = 0; names != null && i < names.data().length; i++) {
      mean[i % COLUMNS] += names.data()[i] / names.shape()[0];
    }
  }

  static BenchRows of(String source) throws IOException {
    return switch (source) {
      case "random" -> new BenchRows(null);
      case "clip" -> new BenchRows(RealData.clip("lvis_v1"));
      default -> throw new IllegalArgumentException(source + " is neither random nor clip");
    };
  }

  @Override
  public void row(int row, float[] target) {
    if (names != null && row < names.shape()[0]) {
      System.arraycopy(names.data(), row * COLUMNS, target, 0, COLUMNS);
      return;
    }
    KeyedRandom random = KeyedRandom.of(SEED, row);
    if (names == null) {
      for (int c = 0; c < COLUMNS; c++) {
        target[c] = (float) random.nextGaussian();
      }
    } else {
      int a = random.nextInt(names.shape()[0]) * COLUMNS;
      int b = random.nextInt(names.shape()[0]) * COLUMNS;
      float t = (float) random.nextDouble();
      for (int c = 0; c < COLUMNS; c++) {
        target[c] =
            mean[c]
                + (float) Math.sqrt(1 - t) * (names.data()[a + c] - mean[c])
                + (float) Math.sqrt(t) * (names.data()[b + c] - mean[c]);
      }
    }
    double square = 0;
    for (float value : target) {
      square += (double) value * value;
    }
    float scale = (float) (1 / Math.sqrt(square));
    for (int c = 0; c < COLUMNS; c++) {
      target[c] *= scale;
    }
  }

  /** Consecutive rows, [count, 512]. */
  FloatArray rows(int first, int count) {
    float[] values = new float[count * COLUMNS];
    float[] row = new float[COLUMNS];
    for (int i = 0; i < count; i++) {
      row(first + i, row);
      System.arraycopy(row, 0, values, i * COLUMNS, COLUMNS);
    }
    return new FloatArray(new int[] {count, COLUMNS}, values);
  }

  /** A row with noise of √3 times its length: its cosine to the row is about a half. */
  float[] query(int row) {
    KeyedRandom random = KeyedRandom.of(SEED + 1, row);
    float[] query = new float[COLUMNS];
    row(row, query);
    for (int c = 0; c < COLUMNS; c++) {
      query[c] += (float) (Math.sqrt(3.0 / COLUMNS) * random.nextGaussian());
    }
    return query;
  }
}
