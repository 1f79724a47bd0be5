package org.trispike.kernels.bench;

import java.util.Arrays;

/** Times of one task over many short runs: on a shared machine the best run tells most. */
record Rate(double bestSeconds, double medianSeconds) {

  static Rate of(double seconds, Runnable task) {
    long warm = System.nanoTime() + (long) (seconds * 4e8);
    do {
      task.run();
    } while (System.nanoTime() < warm);
    double[] times = new double[1000];
    int n = 0;
    long end = System.nanoTime() + (long) (seconds * 6e8);
    do {
      long start = System.nanoTime();
      task.run();
      times[n++] = (System.nanoTime() - start) * 1e-9;
    } while (n < times.length && System.nanoTime() < end);
    Arrays.sort(times, 0, n);
    return new Rate(times[0], times[n / 2]);
  }
}
