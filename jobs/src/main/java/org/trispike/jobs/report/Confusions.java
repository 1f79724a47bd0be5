package org.trispike.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The confusion matrix of {@code evaluation.json}, or the part of it that can be read on a page.
 */
final class Confusions {
  private static final int CLASSES = 48;

  private Confusions() {}

  /**
   * @throws IllegalArgumentException if names and counts do not belong together
   */
  static Optional<Page.Confusion> of(JsonNode confusion) {
    List<String> names = new ArrayList<>();
    confusion.path("classes").forEach(name -> names.add(name.asText()));
    if (names.isEmpty()) {
      return Optional.empty();
    }
    long[][] counts = counts(confusion.path("counts"), names.size());
    if (names.size() <= CLASSES) {
      return Optional.of(new Page.Confusion(names, counts, ""));
    }
    int[] kept = largest(counts);
    List<String> some = Arrays.stream(kept).mapToObj(names::get).toList();
    long[][] part = new long[CLASSES][CLASSES];
    for (int i = 0; i < CLASSES; i++) {
      for (int j = 0; j < CLASSES; j++) {
        part[i][j] = counts[kept[i]][kept[j]];
      }
    }
    String note = "The " + CLASSES + " largest of " + names.size() + " classes.";
    return Optional.of(new Page.Confusion(some, part, note));
  }

  private static long[][] counts(JsonNode rows, int n) {
    if (rows.size() != n) {
      throw new IllegalArgumentException(
          "confusion has " + rows.size() + " rows for " + n + " classes");
    }
    long[][] counts = new long[n][n];
    for (int i = 0; i < n; i++) {
      JsonNode row = rows.get(i);
      if (row.size() != n) {
        throw new IllegalArgumentException(
            "row " + i + " of confusion has " + row.size() + " columns for " + n + " classes");
      }
      for (int j = 0; j < n; j++) {
        counts[i][j] = row.get(j).asLong();
      }
    }
    return counts;
  }

  /** The places of the classes with the most shapes, in their order. */
  private static int[] largest(long[][] counts) {
    return IntStream.range(0, counts.length)
        .boxed()
        .sorted(Comparator.comparingLong((Integer i) -> -Arrays.stream(counts[i]).sum()))
        .limit(CLASSES)
        .sorted()
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
