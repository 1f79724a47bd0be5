package org.trispike.vq;

import java.util.Arrays;
import org.trispike.kernels.io.FloatArray;

/** Entries as a table. */
public final class TrainedCodebooks implements Codebooks {
  private final int rounds;
  private final int entries;
  private final int length;
  private final float[] values;

  /** A copy of {@code table} [codebooks, rounds, entries, vector length]. */
  public TrainedCodebooks(FloatArray table) {
    int[] shape = table.shape();
    if (shape.length != 4 || table.data().length == 0) {
      throw new IllegalArgumentException(
          "Codebooks of shape " + Arrays.toString(shape) + " are no table of four dimensions");
    }
    this.rounds = shape[1];
    this.entries = shape[2];
    this.length = shape[3];
    this.values = table.data().clone();
  }

  @Override
  public int count() {
    return values.length / (rounds * entries * length);
  }

  @Override
  public int rounds() {
    return rounds;
  }

  public int entries() {
    return entries;
  }

  public int vectorLength() {
    return length;
  }

  @Override
  public void entry(int codebook, int round, int code, float[] target, int at) {
    int from = ((codebook * rounds + round) * entries + code) * length;
    System.arraycopy(values, from, target, at, length);
  }

  /** A copy of the entries of one codebook and round, [entries, vector length]. */
  public float[] table(int codebook, int round) {
    float[] table = new float[entries * length];
    int from = (codebook * rounds + round) * table.length;
    System.arraycopy(values, from, table, 0, table.length);
    return table;
  }

  /** A copy of all, [codebooks, rounds, entries, vector length]. */
  public FloatArray table() {
    return new FloatArray(new int[] {count(), rounds, entries, length}, values.clone());
  }
}
