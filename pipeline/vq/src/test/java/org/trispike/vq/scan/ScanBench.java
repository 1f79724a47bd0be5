package org.trispike.vq.scan;

import java.util.Arrays;
import java.util.Locale;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.trispike.vq.Matrices;
import org.trispike.vq.VqConfigs;
import org.trispike.vq.VqTensor;

/**
 * Times of one query against a bank of so many rows of 512, on one core: PQ4 scans beside products
 * of the whole rows with the Vector API. Medians of paired runs. Codes are drawn, which does not
 * matter to a scan: it looks nothing up in memory.
 *
 * <p>{@code java --add-modules jdk.incubator.vector … org.trispike.vq.scan.ScanBench [rows]}
 */
final class ScanBench {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Byte> B =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(8 * S.length()));
  private static final int COLUMNS = 512;
  private static final int RUNS = 31;

  private ScanBench() {}

  public static void main(String[] args) {
    int rows = args.length > 0 ? Integer.parseInt(args[0]) : 65_536;
    VqTensor tensor = Matrices.drawn(VqConfigs.PQ4, rows, COLUMNS, 1);
    ScanBank bank = ScanBank.of(tensor);
    float[] dense = Matrices.gaussian(2, rows, COLUMNS).data();
    byte[] bytes = new byte[dense.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (32 * dense[i]);
    }
    float[] query = Matrices.gaussian(3, 1, COLUMNS).data();
    float[] scores = new float[rows];
    double[] full = new double[RUNS];
    double[] int8 = new double[RUNS];
    double[] scalar = new double[RUNS];
    double[] vector = new double[RUNS];
    for (int run = -RUNS; run < RUNS; run++) {
      // Runs of negative number warm the compiler up.
      int slot = Math.max(run, 0);
      full[slot] = seconds(() -> products(dense, query, scores));
      int8[slot] = seconds(() -> products(bytes, query, scores));
      scalar[slot] = seconds(() -> scan(new ScalarScan(), tensor, bank, query));
      vector[slot] =
          VectorScan.fits()
              ? seconds(() -> scan(new VectorScan(), tensor, bank, query))
              : Double.NaN;
    }
    print("float32, " + S.vectorBitSize() + " bit", rows, 4 * COLUMNS, full, full);
    print("int8, " + S.vectorBitSize() + " bit", rows, COLUMNS, int8, full);
    print("PQ4, " + new ScalarScan().description(), rows, COLUMNS / 8, scalar, full);
    print("PQ4, " + new VectorScan().description(), rows, COLUMNS / 8, vector, full);
  }

  private static double seconds(Runnable task) {
    long start = System.nanoTime();
    task.run();
    return (System.nanoTime() - start) * 1e-9;
  }

  private static void scan(Scan scan, VqTensor tensor, ScanBank bank, float[] query) {
    byte[] table = QueryTable.of(tensor, query).bytes();
    int[] sums = new int[ScanBank.BLOCK];
    TopRows top = new TopRows(16);
    for (int block = 0; block < bank.blocks(); block++) {
      scan.sums(bank.codes(), block * bank.pairs() * ScanBank.BLOCK, bank.pairs(), table, sums);
      for (int i = 0; i < sums.length; i++) {
        top.offer(block * ScanBank.BLOCK + i, sums[i]);
      }
    }
    top.drain();
  }

  private static void products(float[] dense, float[] query, float[] scores) {
    for (int row = 0; row < scores.length; row++) {
      FloatVector even = FloatVector.zero(S);
      FloatVector odd = FloatVector.zero(S);
      for (int c = 0; c < COLUMNS; c += 2 * S.length()) {
        int at = row * COLUMNS + c;
        even = FloatVector.fromArray(S, dense, at).fma(FloatVector.fromArray(S, query, c), even);
        odd =
            FloatVector.fromArray(S, dense, at + S.length())
                .fma(FloatVector.fromArray(S, query, c + S.length()), odd);
      }
      scores[row] = even.add(odd).reduceLanes(VectorOperators.ADD);
    }
  }

  /** Bytes become floats in registers, a scale a row would be applied to the sum. */
  private static void products(byte[] dense, float[] query, float[] scores) {
    for (int row = 0; row < scores.length; row++) {
      FloatVector even = FloatVector.zero(S);
      FloatVector odd = FloatVector.zero(S);
      for (int c = 0; c < COLUMNS; c += 2 * S.length()) {
        int at = row * COLUMNS + c;
        even = floats(dense, at).fma(FloatVector.fromArray(S, query, c), even);
        odd =
            floats(dense, at + S.length())
                .fma(FloatVector.fromArray(S, query, c + S.length()), odd);
      }
      scores[row] = even.add(odd).reduceLanes(VectorOperators.ADD);
    }
  }

  private static FloatVector floats(byte[] bytes, int at) {
    return (FloatVector) ByteVector.fromArray(B, bytes, at).castShape(S, 0);
  }

  private static void print(String what, int rows, int bytes, double[] times, double[] base) {
    double median = median(times);
    System.out.printf(
        Locale.ROOT,
        "%s: %.3f ms, %.1f GB/s, %.1f times float32%n",
        what,
        1e3 * median,
        1e-9 * rows * bytes / median,
        median(base) / median);
  }

  private static double median(double[] times) {
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
