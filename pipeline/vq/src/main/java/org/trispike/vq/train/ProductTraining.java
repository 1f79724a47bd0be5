package org.trispike.vq.train;

import java.util.ArrayList;
import java.util.List;
import org.trispike.kernels.Compute;
import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.CodebookScope;
import org.trispike.vq.PackedCodes;
import org.trispike.vq.TrainedCodebooks;
import org.trispike.vq.VqConfig;
import org.trispike.vq.VqTensor;

/**
 * Product quantization in three steps, for banks whose rows are nowhere together: which rows the
 * codebook of a sub-space is fitted to, the fit, and the codes of some rows. Each sub-space is on
 * its own, so whoever runs the steps, and in whatever shares, ends with the codebooks of {@link
 * Quantizer#quantize}.
 */
public final class ProductTraining {
  private final Compute compute;
  private final Quantizer quantizer;
  private final VqConfig config;
  private final int rows;
  private final int columns;

  /**
   * @param config a codebook of one round for every x columns
   * @param rows of the whole bank
   */
  public ProductTraining(
      Compute compute, QuantizerOptions options, VqConfig config, int rows, int columns) {
    CodebookScope scope = config.scope();
    if (config.rounds() != 1
        || scope.rows() != CodebookScope.ALL
        || scope.columns() != config.vectorLength()) {
      throw new IllegalArgumentException(config.name() + " is no product quantization");
    }
    this.compute = compute;
    this.quantizer = new Quantizer(compute, options);
    this.config = config;
    this.rows = rows;
    this.columns = columns;
  }

  /** Sub-spaces, each with a codebook. */
  public int codebooks() {
    return config.codebooks(rows, columns);
  }

  /** The rows that a codebook is fitted to, in the order in which {@link #fit} takes them. */
  public long[] sample(int codebook) {
    Region region = Region.of(config, rows, columns, codebook);
    return quantizer.sample(region, config, quantizer.key(codebook));
  }

  /** The numbers of a row that lie in a sub-space; what lies beyond the last column is 0. */
  public float[] vector(float[] row, int codebook) {
    float[] vector = new float[config.vectorLength()];
    System.arraycopy(row, codebook * vector.length, vector, 0, present(codebook));
    return vector;
  }

  private int present(int codebook) {
    int length = config.vectorLength();
    return Math.min(length, columns - codebook * length);
  }

  /**
   * Fits one codebook.
   *
   * @param vectors of the {@link #sample}, [rows, x]
   * @return entries, [2^y, x]
   */
  public float[] fit(int codebook, float[] vectors) {
    int length = config.vectorLength();
    float[] weights = null;
    if (present(codebook) < length) {
      weights = new float[vectors.length];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = i % length < present(codebook) ? 1 : 0;
      }
    }
    List<Book> books =
        quantizer.coder(config).fit(new Points(length, vectors, weights), quantizer.key(codebook));
    return ((TableBook) books.get(0)).entries();
  }

  /** The codes of some rows, [n, columns]. */
  public VqTensor encode(FloatArray some, TrainedCodebooks codebooks) {
    int count = some.shape()[0];
    some.checkShape("rows", count, columns);
    PackedCodes.Builder codes =
        new PackedCodes.Builder(config.indexBits(), VqTensor.codeCount(config, count, columns));
    for (int codebook = 0; codebook < codebooks(); codebook++) {
      List<Book> books = new ArrayList<>();
      books.add(
          new TableBook(new Nearest(compute), config.vectorLength(), codebooks.table(codebook, 0)));
      Region region = Region.of(config, count, columns, codebook);
      Quantizer.encode(some, config, null, region, quantizer.coder(config), books, codes);
    }
    return new VqTensor(config, count, columns, codebooks, codes.build(), null);
  }
}
