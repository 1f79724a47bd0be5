package org.trispike.jobs.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Times of one task over many short runs. On a shared machine the best tells most; tasks that are
 * compared take turns, so that whatever else runs meets all of them.
 *
 * @param best seconds of the fastest run
 * @param median seconds of the run in the middle
 * @param ninetieth seconds that nine runs of ten do not exceed
 */
record Timing(double best, double median, double ninetieth) {
  private static final int MOST_RUNS = 2000;
  private static final int FEWEST_RUNS = 3;

  /** Runs that warm a task up, if they fit into {@link #LONGEST_WARMING} times its time. */
  private static final int WARMING_RUNS = 200;

  private static final double LONGEST_WARMING = 4;

  /** Times one task for about so many seconds, after half as long or more of warming up. */
  static Timing of(double seconds, Runnable task) {
    return paired(seconds, List.of(task)).get(0);
  }

  /** Times tasks in turns, each for about so many seconds but at least three times. */
  static List<Timing> paired(double seconds, List<Runnable> tasks) {
    tasks.forEach(task -> warm(seconds, task));
    double[][] times = new double[tasks.size()][MOST_RUNS];
    int runs = 0;
    long end = System.nanoTime() + (long) (seconds * 1e9 * tasks.size());
    do {
      for (int t = 0; t < tasks.size(); t++) {
        long start = System.nanoTime();
        tasks.get(t).run();
        times[t][runs] = (System.nanoTime() - start) * 1e-9;
      }
      runs++;
    } while (runs < FEWEST_RUNS || (runs < MOST_RUNS && System.nanoTime() < end));
    List<Timing> timings = new ArrayList<>();
    for (double[] some : times) {
      timings.add(of(Arrays.copyOf(some, runs)));
    }
    return timings;
  }

  /** Until it is compiled: before that a run of vectors takes a thousand times as long. */
  private static void warm(double seconds, Runnable task) {
    long start = System.nanoTime();
    double spent;
    int runs = 0;
    do {
      task.run();
      runs++;
      spent = (System.nanoTime() - start) * 1e-9;
    } while (spent < seconds / 2 || (runs < WARMING_RUNS && spent < LONGEST_WARMING * seconds));
  }

  /** Of runs that took so many seconds each. */
  static Timing of(double[] runs) {
    double[] sorted = runs.clone();
    Arrays.sort(sorted);
    return new Timing(sorted[0], sorted[sorted.length / 2], sorted[sorted.length * 9 / 10]);
  }

  /** By how much the slow runs exceed the best, in percent. */
  double spread() {
    return 100 * (ninetieth / best - 1);
  }
}
