package org.trispike.datasets.row;

/** Takes what is found in rows. */
public interface RowFindings {
  /** Adds to the count of what rows hold, e.g. "points". */
  void count(String what, long count);

  /** Notes what is wrong unless it is right. */
  void check(boolean right, String wrong, Object... values);
}
