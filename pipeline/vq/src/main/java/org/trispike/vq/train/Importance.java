package org.trispike.vq.train;

/**
 * How much the error of an element counts, such as the diagonal of a Hessian (a number a column) or
 * Fisher information (a number an element). Not negative.
 */
public interface Importance {

  float of(int row, int column);

  /** A number a column, whatever the row. */
  static Importance columns(float[] weights) {
    float[] copy = checked(weights);
    return (row, column) -> copy[column];
  }

  /** A number an element, [rows, columns]. */
  static Importance elements(float[] weights, int columns) {
    float[] copy = checked(weights);
    return (row, column) -> copy[row * columns + column];
  }

  private static float[] checked(float[] weights) {
    for (float weight : weights) {
      if (!(weight >= 0) || Float.isInfinite(weight)) {
        throw new IllegalArgumentException("An importance of " + weight);
      }
    }
    return weights.clone();
  }
}
