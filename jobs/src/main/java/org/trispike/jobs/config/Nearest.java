package org.trispike.jobs.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the known name that a mistyped one was meant to be, by edit distance. */
final class Nearest {
  private Nearest() {}

  /**
   * The candidate of the smallest distance, if one is near. A key counts by its last name too, so
   * that the right name in the wrong group is found.
   */
  static Optional<String> of(String given, Collection<String> candidates) {
    return candidates.stream()
        .min(Comparator.comparingInt((String known) -> distance(given, known)))
        .filter(known -> distance(given, known) <= Math.max(3, given.length() / 3));
  }

  private static int distance(String given, String known) {
    int whole = edits(given, known);
    int last = edits(last(given), last(known));
    // A right last name in a wrong group costs a little, lest it beats a typo in the same group.
    return Math.min(whole, last + 2);
  }

  private static String last(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  /** Levenshtein's distance, in O(a·b) time and O(b) memory. */
  static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replace, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
