package org.trispike.training.bank;

import java.util.List;

/** Vectors of one length behind each other. */
final class Rows {
  private Rows() {}

  static float[] joined(List<float[]> vectors) {
    int length = vectors.isEmpty() ? 0 : vectors.get(0).length;
    float[] joined = new float[Math.multiplyExact(vectors.size(), length)];
    for (int i = 0; i < vectors.size(); i++) {
      System.arraycopy(vectors.get(i), 0, joined, i * length, length);
    }
    return joined;
  }
}
