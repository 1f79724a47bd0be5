package org.trispike.training.bank;

import java.util.List;

/** Vectors behind each other. */
final class Rows {
  private Rows() {}

  /** Lists of any lengths. */
  static float[] flat(List<float[]> lists) {
    float[] flat =
        new float[lists.stream().mapToInt(list -> list.length).reduce(0, Math::addExact)];
    int at = 0;
    for (float[] list : lists) {
      System.arraycopy(list, 0, flat, at, list.length);
      at += list.length;
    }
    return flat;
  }

  /** Vectors of one length. */
  static float[] joined(List<float[]> vectors) {
    int length = vectors.isEmpty() ? 0 : vectors.get(0).length;
    float[] joined = new float[Math.multiplyExact(vectors.size(), length)];
    for (int i = 0; i < vectors.size(); i++) {
      System.arraycopy(vectors.get(i), 0, joined, i * length, length);
    }
    return joined;
  }
}
