package org.trispike.vq.train;

/**
 * Vectors to be clustered.
 *
 * @param length elements of a vector
 * @param values [count, length]
 * @param weights how much each element counts, [count, length]; null if all count 1
 */
record Points(int length, float[] values, float[] weights) {
  Points {
    if (values.length % length != 0 || (weights != null && weights.length != values.length)) {
      throw new IllegalArgumentException(values.length + " values are no vectors of " + length);
    }
  }

  int count() {
    return values.length / length;
  }

  float weight(int element) {
    return weights == null ? 1f : weights[element];
  }

  /** Weighted squared distance of point {@code i} to the vector at {@code other[at]}. */
  double distance(int i, float[] other, int at) {
    double distance = 0;
    for (int d = 0; d < length; d++) {
      double difference = (double) values[i * length + d] - other[at + d];
      distance += weight(i * length + d) * difference * difference;
    }
    return distance;
  }

  /** The same weights on a copy of the values, which the caller may change. */
  Points copy() {
    return new Points(length, values.clone(), weights);
  }

  /** Some of the points, in the order of {@code indices}. */
  Points pick(int[] indices) {
    float[] picked = new float[indices.length * length];
    float[] pickedWeights = weights == null ? null : new float[picked.length];
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(values, indices[i] * length, picked, i * length, length);
      if (weights != null) {
        System.arraycopy(weights, indices[i] * length, pickedWeights, i * length, length);
      }
    }
    return new Points(length, picked, pickedWeights);
  }
}
