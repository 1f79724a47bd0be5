package org.trispike.datasets.source;

import java.util.List;

/**
 * A list of shapes, read.
 *
 * @param file the list
 * @param sha256 of its bytes
 * @param rows the usable rows, in the order of the file; ids are unique
 * @param bad the rows that are none
 */
public record TripletTable(String file, String sha256, List<TripletRow> rows, List<BadRow> bad) {
  public TripletTable {
    rows = List.copyOf(rows);
    bad = List.copyOf(bad);
  }
}
