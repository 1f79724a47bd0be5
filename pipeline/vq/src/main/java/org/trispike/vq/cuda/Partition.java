package org.trispike.vq.cuda;

import org.trispike.vq.plan.Plan;

/**
 * How the split of a plan divides the codebooks of a head among blocks: so many parts along the
 * tiles that share a codebook, each of so many tiles, times so many along the rounds.
 */
record Partition(int tileParts, int tilesOfPart, int roundParts, int roundsOfPart) {

  /** The factor divides the codebooks, so what of it does not divide the tiles divides rounds. */
  static Partition of(Plan plan) {
    int tiles = plan.problem().config().scope().across(plan.problem().channels());
    int rounds = plan.problem().config().rounds();
    int tileParts = gcd(plan.split().factor(), tiles);
    int roundParts = gcd(plan.split().factor() / tileParts, rounds);
    return new Partition(tileParts, tiles / tileParts, roundParts, rounds / roundParts);
  }

  /** Blocks that a head's codebooks are divided among. */
  int parts() {
    return tileParts * roundParts;
  }

  /** Codebooks of a block, each round's counted. */
  int slots() {
    return tilesOfPart * roundsOfPart;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
