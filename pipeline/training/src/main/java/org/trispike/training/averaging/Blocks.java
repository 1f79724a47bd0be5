package org.trispike.training.averaging;

import java.io.Serializable;

/**
 * Parameters and updater state as one row of blocks of fixed size, the last of them shorter.
 *
 * @param parameters how many they are
 * @param updater numbers of its state, maybe 0
 * @param size numbers of a block
 */
record Blocks(int parameters, int updater, int size) implements Serializable {
  /** 1 MiB: large against what a record costs, small against a task's memory. */
  static final int SIZE = 1 << 18;

  Blocks {
    if (parameters < 1 || updater < 0 || size < 1) {
      throw new IllegalArgumentException(
          "No blocks of " + size + " for " + parameters + " and " + updater + " numbers");
    }
  }

  int count() {
    return Math.toIntExact(((long) parameters + updater + size - 1) / size);
  }

  long bytes() {
    return Float.BYTES * ((long) parameters + updater);
  }

  /** A copy of a block of the row of two vectors. */
  float[] cut(float[] params, float[] state, int number) {
    check(params, state);
    float[] values = new float[length(number)];
    copy(number, params, state, values, true);
    return values;
  }

  /** Overwrites a block of the row of two vectors. */
  void paste(float[] values, float[] params, float[] state, int number) {
    check(params, state);
    if (values.length != length(number)) {
      throw new IllegalArgumentException(
          "Block " + number + " has " + length(number) + " numbers, not " + values.length);
    }
    copy(number, params, state, values, false);
  }

  private int length(int number) {
    long from = (long) number * size;
    return (int) Math.min(size, (long) parameters + updater - from);
  }

  private void copy(int number, float[] params, float[] state, float[] values, boolean out) {
    long from = (long) number * size;
    int first = (int) Math.max(0, Math.min(values.length, parameters - from));
    int inState = (int) Math.max(0, from - parameters);
    if (out) {
      System.arraycopy(params, (int) Math.min(from, parameters), values, 0, first);
      System.arraycopy(state, inState, values, first, values.length - first);
    } else {
      System.arraycopy(values, 0, params, (int) Math.min(from, parameters), first);
      System.arraycopy(values, first, state, inState, values.length - first);
    }
  }

  private void check(float[] params, float[] state) {
    if (params.length != parameters || state.length != updater) {
      throw new IllegalArgumentException(
          "Blocks of "
              + parameters
              + " and "
              + updater
              + " numbers do not take "
              + params.length
              + " and "
              + state.length);
    }
  }
}
