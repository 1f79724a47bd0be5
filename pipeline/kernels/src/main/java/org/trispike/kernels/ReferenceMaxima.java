package org.trispike.kernels;

import java.util.Arrays;

/** Which element of x, of those that an element of y meets, is the first largest. */
final class ReferenceMaxima {
  private final ReferenceCompute compute;
  private final Tensor x;
  private final Tensor y;
  private final int[] winner;

  ReferenceMaxima(ReferenceCompute compute, Tensor x, Tensor y) {
    this.compute = compute;
    this.x = x;
    this.y = y;
    this.winner = new int[y.size()];
    Arrays.fill(winner, -1);
  }

  void meet(int in, int out) {
    if (winner[out] < 0 || compute.get(x, in) > compute.get(x, winner[out])) {
      winner[out] = in;
    }
  }

  /** Writes y, and unless it is null the rows that won: 0 and −1 where nothing was met. */
  void write(int[] winners) {
    for (int i = 0; i < winner.length; i++) {
      compute.set(y, i, winner[i] < 0 ? 0 : compute.get(x, winner[i]));
      if (winners != null) {
        winners[i] = winner[i] < 0 ? -1 : winner[i] / x.columns();
      }
    }
  }
}
