package org.trispike.vq.cpu;

import org.trispike.vq.TrainedCodebooks;
import org.trispike.vq.VqConfig;
import org.trispike.vq.VqTensor;

/** The products of x with the entries of codebooks. */
final class Partials {
  private final Lanes lanes;
  private final VqConfig config;
  private final int matrixColumns;

  /** [codebooks, rounds, vector length, entries]: all entries' first elements lie together. */
  private final float[] transposed;

  Partials(VqTensor tensor, Lanes lanes) {
    this.lanes = lanes;
    this.config = tensor.config();
    this.matrixColumns = tensor.columns();
    float[] table = ((TrainedCodebooks) tensor.codebooks()).table().data();
    int length = config.vectorLength();
    int entries = config.entries();
    this.transposed = new float[table.length];
    for (int i = 0; i < table.length; i++) {
      int book = i / (entries * length) * (entries * length);
      transposed[book + i % length * entries + (i - book) / length] = table[i];
    }
  }

  int entries() {
    return config.entries();
  }

  /** Writes {@code count} tables from sub-space {@code first} on to the beginning of tables. */
  void write(float[] x, int row, int first, int count, float[] tables) {
    int length = config.vectorLength();
    for (int i = 0; i < count; i++) {
      int column = (first + i) / config.rounds() * length;
      int book =
          config.scope().codebook(row, column, matrixColumns) * config.rounds()
              + (first + i) % config.rounds();
      int at = book * entries() * length;
      lanes.products(x, column, length, transposed, at, entries(), tables, i * entries());
    }
  }
}
