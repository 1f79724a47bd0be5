package org.trispike.vq.train;

import java.util.List;
import java.util.stream.LongStream;
import org.trispike.kernels.Compute;
import org.trispike.kernels.KeyedPermutation;
import org.trispike.kernels.KeyedRandom;
import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.CodebookKind;
import org.trispike.vq.Codebooks;
import org.trispike.vq.E8pCodebooks;
import org.trispike.vq.PackedCodes;
import org.trispike.vq.TrainedCodebooks;
import org.trispike.vq.VqConfig;
import org.trispike.vq.VqTensor;

/**
 * Makes codes of a matrix [rows, columns]: for each scope of the configuration a codebook is fitted
 * to a keyed sample of its vectors, then all of them are encoded.
 */
public final class Quantizer {
  /** Vectors that are encoded at a time. */
  private static final int CHUNK = 1 << 16;

  private final Compute compute;
  private final QuantizerOptions options;

  public Quantizer(Compute compute, QuantizerOptions options) {
    this.compute = compute;
    this.options = options;
  }

  /** With every element of the same importance. */
  public VqTensor quantize(FloatArray matrix, VqConfig config) {
    return quantize(matrix, config, null, null);
  }

  /** With errors weighted by importance. */
  public VqTensor quantize(FloatArray matrix, VqConfig config, Importance importance) {
    return quantize(matrix, config, importance, null);
  }

  /** Codes of the rotated rows; see {@link Opq}. */
  public VqTensor quantize(FloatArray matrix, VqConfig config, Rotation rotation) {
    return quantize(rotation.apply(compute, matrix), config, null, rotation.matrix());
  }

  private VqTensor quantize(
      FloatArray matrix, VqConfig config, Importance importance, FloatArray rotation) {
    check(matrix, config, importance);
    int rows = matrix.shape()[0];
    int columns = matrix.shape()[1];
    ResidualCoder coder = coder(config);
    PackedCodes.Builder codes =
        new PackedCodes.Builder(config.indexBits(), VqTensor.codeCount(config, rows, columns));
    int codebooks = config.codebooks(rows, columns);
    float[] table = new float[Math.multiplyExact(codebooks, tableSize(config))];
    for (int codebook = 0; codebook < codebooks; codebook++) {
      Region region = Region.of(config, rows, columns, codebook);
      long key = key(codebook);
      Points sample =
          region.points(matrix, config.vectorLength(), sample(region, config, key), importance);
      List<Book> books = coder.fit(sample, key);
      store(books, table, codebook * tableSize(config));
      encode(matrix, config, importance, region, coder, books, codes);
    }
    return new VqTensor(
        config, rows, columns, codebooks(config, codebooks, table), codes.build(), rotation);
  }

  ResidualCoder coder(VqConfig config) {
    Nearest nearest = new Nearest(compute);
    return new ResidualCoder(
        config,
        nearest,
        new KMeans(nearest, options.restarts(), options.iterations()),
        options.refinements());
  }

  /** Of all that is drawn for one codebook. */
  long key(int codebook) {
    return KeyedRandom.of(options.seed(), codebook).nextLong();
  }

  private static void check(FloatArray matrix, VqConfig config, Importance importance) {
    if (matrix.shape().length != 2 || matrix.data().length == 0) {
      throw new IllegalArgumentException("Only a matrix that is not empty can be quantized");
    }
    for (float value : matrix.data()) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("A value of " + value + " cannot be quantized");
      }
    }
    if (importance != null && config.kind() == CodebookKind.E8P) {
      throw new IllegalArgumentException("The points of E8P do not depend on importance");
    }
  }

  /** The vectors of a region that its codebook is fitted to. */
  long[] sample(Region region, VqConfig config, long key) {
    long limit = (long) options.pointsPerEntry() * config.entries();
    if (region.count() <= limit) {
      return LongStream.range(0, region.count()).toArray();
    }
    return new KeyedPermutation(region.count(), key).first(limit).toArray();
  }

  static void encode(
      FloatArray matrix,
      VqConfig config,
      Importance importance,
      Region region,
      ResidualCoder coder,
      List<Book> books,
      PackedCodes.Builder codes) {
    int rows = matrix.shape()[0];
    int groups = config.groups(matrix.shape()[1]);
    for (long from = 0; from < region.count(); from += CHUNK) {
      long[] vectors = LongStream.range(from, Math.min(from + CHUNK, region.count())).toArray();
      Points points = region.points(matrix, config.vectorLength(), vectors, importance);
      List<int[]> rounds = coder.encode(points, books);
      for (int round = 0; round < rounds.size(); round++) {
        for (int i = 0; i < vectors.length; i++) {
          long position =
              ((long) round * rows + region.row(vectors[i])) * groups + region.group(vectors[i]);
          codes.set(position, rounds.get(round)[i]);
        }
      }
    }
  }

  /** Numbers of one codebook: its entries, or the scales of its rounds. */
  private static int tableSize(VqConfig config) {
    return config.kind() == CodebookKind.E8P
        ? config.rounds()
        : config.rounds() * config.entries() * config.vectorLength();
  }

  private static void store(List<Book> books, float[] table, int at) {
    for (Book book : books) {
      if (book instanceof LatticeBook lattice) {
        table[at++] = lattice.scale();
      } else if (book instanceof TableBook trained) {
        System.arraycopy(trained.entries(), 0, table, at, trained.entries().length);
        at += trained.entries().length;
      }
    }
  }

  private static Codebooks codebooks(VqConfig config, int codebooks, float[] table) {
    return config.kind() == CodebookKind.E8P
        ? new E8pCodebooks(new FloatArray(new int[] {codebooks, config.rounds()}, table))
        : new TrainedCodebooks(
            new FloatArray(
                new int[] {codebooks, config.rounds(), config.entries(), config.vectorLength()},
                table));
  }
}
