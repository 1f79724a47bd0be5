package org.trispike.vq;

import java.util.Arrays;
import org.trispike.kernels.io.FloatArray;

/** The points of {@link E8p}, with a scale for each codebook and round. */
public final class E8pCodebooks implements Codebooks {
  private final int rounds;
  private final float[] scales;

  /** A copy of {@code scales} [codebooks, rounds]. */
  public E8pCodebooks(FloatArray scales) {
    if (scales.shape().length != 2 || scales.data().length == 0) {
      throw new IllegalArgumentException(
          "Scales of shape " + Arrays.toString(scales.shape()) + " are no table of two dimensions");
    }
    for (float scale : scales.data()) {
      if (!(scale > 0) || Float.isInfinite(scale)) {
        throw new IllegalArgumentException("A scale of " + scale);
      }
    }
    this.rounds = scales.shape()[1];
    this.scales = scales.data().clone();
  }

  @Override
  public int count() {
    return scales.length / rounds;
  }

  @Override
  public int rounds() {
    return rounds;
  }

  @Override
  public void entry(int codebook, int round, int code, float[] target, int at) {
    E8p.point(code, scales[codebook * rounds + round], target, at);
  }

  public float scale(int codebook, int round) {
    return scales[codebook * rounds + round];
  }

  /** A copy of all, [codebooks, rounds]. */
  public FloatArray scales() {
    return new FloatArray(new int[] {count(), rounds}, scales.clone());
  }
}
