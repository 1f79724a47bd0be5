package org.trispike.vq.train;

/**
 * How long a quantizer tries.
 *
 * @param seed of everything that is drawn
 * @param restarts k-means runs, of which the best is taken
 * @param iterations steps of a run at most
 * @param refinements passes over the rounds of an additive codebook
 * @param pointsPerEntry vectors that a codebook is fitted to, per entry, at most; all are encoded
 */
public record QuantizerOptions(
    long seed, int restarts, int iterations, int refinements, int pointsPerEntry) {
  public QuantizerOptions {
    if (restarts < 1 || iterations < 0 || refinements < 0 || pointsPerEntry < 1) {
      throw new IllegalArgumentException(
          "Restarts "
              + restarts
              + ", iterations "
              + iterations
              + ", refinements "
              + refinements
              + ", points per entry "
              + pointsPerEntry);
    }
  }

  /** What fits most: 2 restarts, 25 iterations, 3 refinements, 256 points an entry. */
  public static QuantizerOptions defaults() {
    return new QuantizerOptions(1, 2, 25, 3, 256);
  }
}
