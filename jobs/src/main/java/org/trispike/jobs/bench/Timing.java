package org.trispike.jobs.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Times of one task over many short runs. On a shared machine the best tells most; tasks that are
 * compared take turns, so that whatever else runs meets all of them.
 */
final class Timing {
  private static final int MOST_RUNS = 2000;
  private static final int FEWEST_RUNS = 3;

  /** Runs that warm a task up, if they fit into {@link #LONGEST_WARMING} times its time. */
  private static final int WARMING_RUNS = 200;

  private static final double LONGEST_WARMING = 4;

  private final double[] turns;
  private final double[] sorted;

  private Timing(double[] turns) {
    this.turns = turns;
    this.sorted = sorted(turns);
  }

  /** Of runs that took so many seconds each, at least one. */
  static Timing of(double[] runs) {
    return new Timing(runs.clone());
  }

  /** Times one task for about so many seconds, after half as long or more of warming up. */
  static Timing of(double seconds, Runnable task) {
    return paired(seconds, List.of(task)).get(0);
  }

  /** Times tasks in turns, each for about so many seconds but at least three times. */
  static List<Timing> paired(double seconds, List<Runnable> tasks) {
    return paired(
        seconds, List.of(0), tasks.stream().<Consumer<Integer>>map(t -> any -> t.run()).toList());
  }

  /**
   * Times tasks in turns, where all tasks of a turn get the same input and the next turn has the
   * next one.
   *
   * @param inputs at least one
   */
  static <T> List<Timing> paired(double seconds, List<T> inputs, List<Consumer<T>> tasks) {
    tasks.forEach(task -> warm(seconds, inputs, task));
    double[][] times = new double[tasks.size()][MOST_RUNS];
    int runs = 0;
    long end = System.nanoTime() + (long) (seconds * 1e9 * tasks.size());
    do {
      T input = inputs.get(runs % inputs.size());
      for (int t = 0; t < tasks.size(); t++) {
        long start = System.nanoTime();
        tasks.get(t).accept(input);
        times[t][runs] = (System.nanoTime() - start) * 1e-9;
      }
      runs++;
    } while (runs < FEWEST_RUNS || (runs < MOST_RUNS && System.nanoTime() < end));
    List<Timing> timings = new ArrayList<>();
    for (double[] some : times) {
      timings.add(new Timing(Arrays.copyOf(some, runs)));
    }
    return timings;
  }

  /** Until it is compiled: before that a run of vectors takes a thousand times as long. */
  private static <T> void warm(double seconds, List<T> inputs, Consumer<T> task) {
    long start = System.nanoTime();
    double spent;
    int runs = 0;
    do {
      task.accept(inputs.get(runs % inputs.size()));
      runs++;
      spent = (System.nanoTime() - start) * 1e-9;
    } while (spent < seconds / 2 || (runs < WARMING_RUNS && spent < LONGEST_WARMING * seconds));
  }

  /** Seconds of the fastest run. */
  double best() {
    return sorted[0];
  }

  /** Seconds of the run in the middle. */
  double median() {
    return sorted[sorted.length / 2];
  }

  /** Seconds that nine runs of ten do not exceed. */
  double ninetieth() {
    return sorted[sorted.length * 9 / 10];
  }

  /** By how much the slow runs exceed the best, in percent. */
  double spread() {
    return 100 * (ninetieth() / best() - 1);
  }

  /**
   * How many times as long the other task took: the middle one of the quotients of all turns, which
   * a machine that is slow for some turns leaves as it is.
   *
   * @param other timed in the same turns
   */
  double timesAsFastAs(Timing other) {
    double[] quotients = new double[turns.length];
    for (int i = 0; i < turns.length; i++) {
      quotients[i] = other.turns[i] / turns[i];
    }
    return sorted(quotients)[turns.length / 2];
  }

  private static double[] sorted(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }
}
