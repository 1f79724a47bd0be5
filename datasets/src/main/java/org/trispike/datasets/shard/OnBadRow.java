package org.trispike.datasets.shard;

/** What becomes of a row that cannot be used. */
public enum OnBadRow {
  /** It is listed with its reason and left out. */
  QUARANTINE,
  /** The stage fails. */
  FAIL
}
