package org.trispike.vq.plan;

/**
 * How much of a codebook that is sorted by use is held where: entries below {@code registers} in
 * registers, those from there to {@code shared} in shared memory, all others in global memory.
 *
 * @param registers n_reg
 * @param shared n_shared, at least n_reg
 */
public record Boundaries(int registers, int shared) {
  /** Everything is left in global memory. */
  public static final Boundaries NONE = new Boundaries(0, 0);

  public Boundaries {
    if (registers < 0 || shared < registers) {
      throw new IllegalArgumentException("Boundaries " + registers + " and " + shared);
    }
  }

  public Tier tier(int entry) {
    if (entry < registers) {
      return Tier.REGISTER;
    }
    return entry < shared ? Tier.SHARED : Tier.GLOBAL;
  }
}
