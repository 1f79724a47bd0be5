package org.trispike.kernels;

import java.util.stream.IntStream;

/**
 * Which input row meets which output row under which kernel offset: a sparse convolution's plan,
 * built once per level and shared by the layers of that level.
 *
 * <p>The pairs of offset k are {@code in[start[k]..start[k+1])} and {@code out[…]} of the same
 * positions, sorted by output row. A pair of offset k multiplies an input row by weight matrix k.
 *
 * @param inRows rows of the input
 * @param outRows rows of the output
 * @param start [offsets + 1] where each offset's pairs begin
 * @param in [pairs] input rows
 * @param out [pairs] output rows
 */
public record Rulebook(int inRows, int outRows, int[] start, int[] in, int[] out) {

  /** One offset that takes each row to itself: a linear map of {@code rows} rows. */
  public static Rulebook identity(int rows) {
    int[] all = IntStream.range(0, rows).toArray();
    return new Rulebook(rows, rows, new int[] {0, rows}, all, all);
  }

  /** Kernel offsets: 27 for k3, 8 for k2, 1 for a linear map. */
  public int offsets() {
    return start.length - 1;
  }

  public int pairs() {
    return start[start.length - 1];
  }

  /**
   * The same pairs from outputs to inputs: a convolution that undoes a halving, fine sites from
   * coarse ones. Weights are [offsets, C_in, C_out] as seen by this way of it.
   *
   * @throws IllegalStateException if the pairs of an offset do not rise by input row, as those of
   *     voxels and of windows do
   */
  public Rulebook inverse() {
    for (int k = 0; k < offsets(); k++) {
      for (int p = start[k] + 1; p < start[k + 1]; p++) {
        if (in[p] < in[p - 1]) {
          throw new IllegalStateException("Input rows of offset " + k + " do not rise");
        }
      }
    }
    return new Rulebook(outRows, inRows, start, out, in);
  }
}
