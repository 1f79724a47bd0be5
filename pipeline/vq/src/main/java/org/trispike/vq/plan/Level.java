package org.trispike.vq.plan;

/** How much of the method a plan uses; each level has what those before it have. */
public enum Level {
  /** Codebooks stay in global memory. */
  GC,
  /** As much of them as fits is in shared memory, whatever that does to occupancy. */
  SC,
  /** Shared memory is taken only as far as occupancy allows. */
  O1,
  /** The most used entries are in registers too. */
  O2,
  /** Blocks have codebooks of their own. */
  O3,
  /** Elements are exchanged between registers where that is cheaper. */
  O4
}
