package org.trispike.training.evaluate;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which class is taken for which: mergeable counts of the pairs that occur. */
public final class Confusion implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TreeMap<Integer, TreeMap<Integer, Long>> counts = new TreeMap<>();

  /**
   * The pairs as a matrix.
   *
   * @param classes places of the classes that occur as truth or guess, ascending
   * @param counts [truth][guess] in that order
   */
  @SuppressWarnings("ArrayRecordComponent") // made here, read once
  public record Value(int[] classes, long[][] counts) {}

  /** Counts a shape of class {@code truth} that was taken for {@code guess}. */
  public void add(int truth, int guess) {
    add(truth, guess, 1);
  }

  private void add(int truth, int guess, long count) {
    counts.computeIfAbsent(truth, t -> new TreeMap<>()).merge(guess, count, Long::sum);
  }

  /** Adds what another has counted. */
  public void merge(Confusion other) {
    other.counts.forEach((truth, row) -> row.forEach((guess, n) -> add(truth, guess, n)));
  }

  public Value value() {
    TreeSet<Integer> seen = new TreeSet<>(counts.keySet());
    counts.values().forEach(row -> seen.addAll(row.keySet()));
    int[] classes = seen.stream().mapToInt(Integer::intValue).toArray();
    Map<Integer, Integer> places = new TreeMap<>();
    for (int i = 0; i < classes.length; i++) {
      places.put(classes[i], i);
    }
    long[][] matrix = new long[classes.length][classes.length];
    counts.forEach(
        (truth, row) ->
            row.forEach((guess, n) -> matrix[places.get(truth)][places.get(guess)] = n));
    return new Value(classes, matrix);
  }
}
