package org.trispike.vq.scan;

import java.util.Arrays;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** What it takes one core to read so many bytes and do next to nothing with them. */
final class ReadLoop {
  private static final VectorSpecies<Long> S = LongVector.SPECIES_PREFERRED;
  private static final long MOST = 1L << 30;
  private static final int RUNS = 15;

  private ReadLoop() {}

  /** Median seconds for so many bytes; more than a GiB is read as a GiB, over and over. */
  static double seconds(double bytes) {
    long[] words = new long[(int) (Math.min(bytes, MOST) / 8) / 64 * 64 + 64];
    double[] times = new double[RUNS];
    long sum = 0;
    for (int run = -RUNS; run < RUNS; run++) {
      long start = System.nanoTime();
      sum += read(words);
      times[Math.max(run, 0)] = (System.nanoTime() - start) * 1e-9;
    }
    if (sum != 0) {
      throw new AssertionError("Zeros add up to " + sum);
    }
    Arrays.sort(times);
    return times[RUNS / 2] * bytes / (8.0 * words.length);
  }

  private static long read(long[] words) {
    LongVector a = LongVector.zero(S);
    LongVector b = LongVector.zero(S);
    LongVector c = LongVector.zero(S);
    LongVector d = LongVector.zero(S);
    int step = S.length();
    for (int i = 0; i < words.length; i += 4 * step) {
      a = a.or(LongVector.fromArray(S, words, i));
      b = b.or(LongVector.fromArray(S, words, i + step));
      c = c.or(LongVector.fromArray(S, words, i + 2 * step));
      d = d.or(LongVector.fromArray(S, words, i + 3 * step));
    }
    return a.or(b).or(c.or(d)).reduceLanes(VectorOperators.OR);
  }
}
