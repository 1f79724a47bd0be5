package org.trispike.vq.scan;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;
import org.trispike.kernels.KeyedPermutation;
import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.TrainedCodebooks;
import org.trispike.vq.VqConfigs;
import org.trispike.vq.train.CoarseTraining;
import org.trispike.vq.train.Opq;
import org.trispike.vq.train.ProductTraining;
import org.trispike.vq.train.QuantizerOptions;
import org.trispike.vq.train.Rotation;

/**
 * A bank in memory, made as {@code quantize} makes one: codes, lists if there are to be some, and
 * queries whose best rows are known by the exact products with all rows.
 */
final class BenchBank {
  static final int QUERIES = 100;
  private static final int CHUNK = 1 << 16;

  /** What the rotation is fitted to, and how long. */
  private static final int ROTATED = 8192;

  private static final int ROUNDS = 8;

  final int rows;
  final BenchRows source;
  final float[][] queries = new float[QUERIES][];
  final int[] best = new int[QUERIES];
  private final double[] most = new double[QUERIES];
  private final List<CodePart> parts = new ArrayList<>();
  private final List<CodeList> lists = new ArrayList<>();
  private CodeScan scan;
  private Centroids centroids;

  BenchBank(BenchRows source, int rows, int lists) {
    this.rows = rows;
    this.source = source;
    Arrays.fill(most, Double.NEGATIVE_INFINITY);
    KeyedPermutation order = new KeyedPermutation(rows, 5);
    for (int q = 0; q < QUERIES; q++) {
      queries[q] = source.query((int) order.apply(q));
    }
    try (Compute compute = Computes.cpu(1)) {
      build(compute, lists);
    }
  }

  private void build(Compute compute, int count) {
    ProductTraining training =
        new ProductTraining(
            compute, QuantizerOptions.defaults(), VqConfigs.PQ4, rows, BenchRows.COLUMNS);
    Rotation rotation = rotation(compute);
    TrainedCodebooks codebooks = fit(compute, training, rotation);
    scan = new CodeScan(codebooks, BenchRows.COLUMNS, Optional.of(rotation));
    CoarseTraining coarse = count == 0 ? null : new CoarseTraining(count, rows, BenchRows.COLUMNS);
    float[] directions = count == 0 ? null : directions(compute, coarse);
    int pairs = BenchRows.COLUMNS / 8;
    byte[] rowCodes = new byte[count == 0 ? 0 : Math.multiplyExact(rows, pairs)];
    int[] own = new int[count == 0 ? 0 : rows];
    for (int from = 0; from < rows; from += CHUNK) {
      FloatArray some = source.rows(from, Math.min(CHUNK, rows - from));
      measure(compute, some, from);
      ScanBank codes = ScanBank.of(training.encode(rotation.apply(compute, some), codebooks));
      parts.add(new CodePart(offHeap(codes.codes()), codes.rows()));
      if (count > 0) {
        int[] assigned = coarse.assign(compute, some.data(), directions).lists();
        System.arraycopy(assigned, 0, own, from, assigned.length);
        for (int i = 0; i < assigned.length; i++) {
          codes.row(i, rowCodes, (from + i) * pairs);
        }
      }
    }
    if (count > 0) {
      centroids = new Centroids(new FloatArray(new int[] {count, BenchRows.COLUMNS}, directions));
      list(count, own, rowCodes, pairs);
    }
  }

  private Rotation rotation(Compute compute) {
    long[] drawn = new KeyedPermutation(rows, 13).first(Math.min(rows, ROTATED)).toArray();
    QuantizerOptions coarse = new QuantizerOptions(1, 1, 8, 0, 64);
    return Opq.fit(compute, rows(drawn), VqConfigs.PQ4, coarse, ROUNDS);
  }

  private FloatArray rows(long[] numbers) {
    float[] rows = new float[numbers.length * BenchRows.COLUMNS];
    float[] row = new float[BenchRows.COLUMNS];
    for (int i = 0; i < numbers.length; i++) {
      source.row((int) numbers[i], row);
      System.arraycopy(row, 0, rows, i * row.length, row.length);
    }
    return new FloatArray(new int[] {numbers.length, BenchRows.COLUMNS}, rows);
  }

  private TrainedCodebooks fit(Compute compute, ProductTraining training, Rotation rotation) {
    int size = 16 * 4;
    float[] table = new float[training.codebooks() * size];
    // One sample of whole rows for all sub-spaces: rows are made anew whenever they are asked for.
    long[] sample = training.sample(0);
    float[] drawn = rotation.apply(compute, rows(sample)).data();
    for (int codebook = 0; codebook < training.codebooks(); codebook++) {
      float[] vectors = new float[4 * sample.length];
      for (int i = 0; i < sample.length; i++) {
        System.arraycopy(drawn, i * BenchRows.COLUMNS + 4 * codebook, vectors, 4 * i, 4);
      }
      System.arraycopy(training.fit(codebook, vectors), 0, table, codebook * size, size);
    }
    int[] shape = {training.codebooks(), 1, 16, 4};
    return new TrainedCodebooks(new FloatArray(shape, table));
  }

  private float[] directions(Compute compute, CoarseTraining coarse) {
    float[] sample = rows(coarse.sample()).data();
    float[] directions = coarse.seeds(sample);
    double cost = Double.POSITIVE_INFINITY;
    for (int step = 0; step < CoarseTraining.STEPS; step++) {
      CoarseTraining.Assigned assigned = coarse.assign(compute, sample, directions);
      if (CoarseTraining.settled(cost, assigned.cost())) {
        break;
      }
      cost = assigned.cost();
      directions = coarse.step(sample, assigned, directions);
    }
    return directions;
  }

  private void measure(Compute compute, FloatArray some, int first) {
    float[] flat = new float[QUERIES * BenchRows.COLUMNS];
    for (int q = 0; q < QUERIES; q++) {
      System.arraycopy(queries[q], 0, flat, q * BenchRows.COLUMNS, BenchRows.COLUMNS);
    }
    RowProducts.each(
        compute,
        some,
        new FloatArray(new int[] {QUERIES, BenchRows.COLUMNS}, flat),
        (query, row, product) -> {
          if (product > most[query]) {
            most[query] = product;
            best[query] = first + row;
          }
        });
  }

  private void list(int count, int[] own, byte[] rowCodes, int pairs) {
    int[] sizes = new int[count];
    for (int list : own) {
      sizes[list]++;
    }
    int[][] members = new int[count][];
    Arrays.setAll(members, list -> new int[sizes[list]]);
    int[] filled = new int[count];
    for (int row = 0; row < own.length; row++) {
      members[own[row]][filled[own[row]]++] = row;
    }
    for (int[] numbers : members) {
      byte[] some = new byte[numbers.length * pairs];
      for (int i = 0; i < numbers.length; i++) {
        System.arraycopy(rowCodes, numbers[i] * pairs, some, i * pairs, pairs);
      }
      ByteBuffer ordered = offHeap(ScanBank.ordered(some, pairs));
      lists.add(new CodeList(ordered, IntBuffer.wrap(numbers)));
    }
  }

  /** As a mapped file lies. */
  private static ByteBuffer offHeap(byte[] bytes) {
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  /** The search of all codes. */
  BankSearch flat(ExactRows exact) {
    return new BankSearch(scan, parts, exact);
  }

  /** The search of some lists. */
  BankSearch listed(int probes, ExactRows exact) {
    return new BankSearch(scan, centroids, lists, probes, exact);
  }

  /** How many lists there are. */
  int lists() {
    return lists.size();
  }

  /** Bytes of codes that a query reads, in the mean. */
  double bytes(int probes) {
    if (probes == 0) {
      return parts.stream().mapToLong(part -> part.codes().remaining()).sum();
    }
    return Arrays.stream(queries)
            .flatMapToInt(query -> IntStream.of(centroids.nearest(query, probes)))
            .mapToLong(list -> lists.get(list).codes().remaining())
            .sum()
        / (double) QUERIES;
  }

  /** Share of queries whose best row is the first of {@code candidates}. */
  double recall(BankSearch search, int candidates) {
    long found =
        IntStream.range(0, QUERIES)
            .filter(q -> search.search(queries[q], 1, candidates).get(0).row() == best[q])
            .count();
    return found / (double) QUERIES;
  }
}
