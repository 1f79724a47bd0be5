package org.trispike.datasets.source;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a collection lists.
 *
 * @param file the list
 * @param sha256 of its bytes
 * @param rows the usable rows, in the order of the file; ids are unique
 * @param bad the rows that are none
 * @param classes the names of the numbers that label points or pixels; empty where none are
 */
public record InputTable(
    String file,
    String sha256,
    List<InputRow> rows,
    List<BadRow> bad,
    SortedMap<Integer, String> classes) {
  public InputTable {
    rows = List.copyOf(rows);
    bad = List.copyOf(bad);
    classes = Collections.unmodifiableSortedMap(new TreeMap<>(classes));
  }

  /** Of rows that have no labels of points or pixels. */
  public InputTable(String file, String sha256, List<InputRow> rows, List<BadRow> bad) {
    this(file, sha256, rows, bad, new TreeMap<>());
  }
}
