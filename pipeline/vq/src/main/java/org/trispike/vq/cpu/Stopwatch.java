package org.trispike.vq.cpu;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;

/**
 * Times of products that take turns, so that what else the machine does meets all of them; and of
 * the thread's own time, where the JVM tells it, so that it matters little.
 */
final class Stopwatch {
  private static final int ROUNDS = 9;

  /** What compiling a loop takes at least. */
  private static final long WARM_UP_NANOS = 200_000_000;

  private static final int WARM_UP_RUNS = 20;

  /** A sample has as many runs as take so long, or one. */
  private static final long SAMPLE_NANOS = 500_000;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final boolean OWN_TIME = THREADS.isCurrentThreadCpuTimeSupported();

  private Stopwatch() {}

  /** The median time of each, in nanoseconds a product. */
  static double[] nanos(List<MatrixVector> products, float[] x, float[] y) {
    int[] runs = new int[products.size()];
    for (int i = 0; i < runs.length; i++) {
      double warm = warmUp(products.get(i), x, y);
      runs[i] = (int) Math.max(1, SAMPLE_NANOS / warm);
    }
    double[][] samples = new double[runs.length][ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < runs.length; i++) {
        samples[i][round] = sample(products.get(i), runs[i], x, y);
      }
    }
    return Arrays.stream(samples).mapToDouble(Stopwatch::median).toArray();
  }

  /** The fastest run. */
  private static double warmUp(MatrixVector product, float[] x, float[] y) {
    long start = System.nanoTime();
    double fastest = Double.POSITIVE_INFINITY;
    for (int run = 0; run < WARM_UP_RUNS || System.nanoTime() - start < WARM_UP_NANOS; run++) {
      fastest = Math.min(fastest, sample(product, 1, x, y));
    }
    return Math.max(1, fastest);
  }

  private static double sample(MatrixVector product, int runs, float[] x, float[] y) {
    long start = now();
    for (int run = 0; run < runs; run++) {
      product.apply(x, y);
    }
    return (double) (now() - start) / runs;
  }

  private static long now() {
    return OWN_TIME ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
