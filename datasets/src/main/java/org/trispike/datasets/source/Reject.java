package org.trispike.datasets.source;

/** Takes a line that is no row. */
@FunctionalInterface
interface Reject {
  void row(long line, String id, String message);
}
