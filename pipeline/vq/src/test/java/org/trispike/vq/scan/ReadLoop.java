package org.trispike.vq.scan;

import java.util.Arrays;

/** What it takes one core to read so many bytes and do next to nothing with them. */
final class ReadLoop {
  private static final long MOST = 1L << 30;
  private static final int RUNS = 15;

  private ReadLoop() {}

  /** Median seconds for so many bytes; more than a GiB is read as a GiB, over and over. */
  static double seconds(long bytes) {
    long[] words = new long[(int) (Math.max(8, Math.min(bytes, MOST)) / 8)];
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

  /** Compiled to vectors. */
  private static long read(long[] words) {
    long any = 0;
    for (long word : words) {
      any |= word;
    }
    return any;
  }
}
