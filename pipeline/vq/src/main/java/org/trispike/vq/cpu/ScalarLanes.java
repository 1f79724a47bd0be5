package org.trispike.vq.cpu;

/** Plain loops. */
final class ScalarLanes implements Lanes {

  @Override
  public int width() {
    return 1;
  }

  @Override
  public float dot(float[] a, int at, float[] x, int size) {
    float sum = 0;
    for (int i = 0; i < size; i++) {
      sum += a[at + i] * x[i];
    }
    return sum;
  }

  @Override
  public float dot(byte[] a, int at, float[] x, int size) {
    float sum = 0;
    for (int i = 0; i < size; i++) {
      sum += a[at + i] * x[i];
    }
    return sum;
  }

  @Override
  public void products(
      float[] x, int xAt, int length, float[] columns, int at, int entries, float[] table, int to) {
    products(x, xAt, length, columns, at, entries, table, to, 0);
  }

  /** From entry {@code first} on. */
  static void products(
      float[] x,
      int xAt,
      int length,
      float[] columns,
      int at,
      int entries,
      float[] table,
      int to,
      int first) {
    for (int e = first; e < entries; e++) {
      float sum = x[xAt] * columns[at + e];
      for (int d = 1; d < length; d++) {
        sum += x[xAt + d] * columns[at + d * entries + e];
      }
      table[to + e] = sum;
    }
  }

  @Override
  public String description() {
    return "scalar";
  }
}
