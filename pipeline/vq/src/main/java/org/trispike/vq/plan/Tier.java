package org.trispike.vq.plan;

/** Where a kernel holds an entry. */
public enum Tier {
  /** A copy in every thread. */
  REGISTER,
  /** A copy in every block. */
  SHARED,
  /** Device memory and its caches. */
  GLOBAL
}
