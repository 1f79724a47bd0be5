package org.trispike.vq.cpu;

/**
 * Rounds the tables of a part to bytes for a {@link ScanKernel}: product ≈ least of its sub-space +
 * byte · step, with one step for the part. A sum misses by half a step a sub-space at most.
 */
final class ByteTables implements PartKernel {
  /** Bytes of a table. */
  static final int WIDTH = 16;

  /** Bytes that a vector may read on behind the last table. */
  private static final int BEHIND = 64;

  private static final int TOP = 255;

  private final ScanKernel kernel;
  private final int entries;

  ByteTables(ScanKernel kernel, int entries) {
    this.kernel = kernel;
    this.entries = entries;
  }

  @Override
  public void add(byte[] codes, int at, float[] tables, int subspaces, float[] sums, int rows) {
    float base = 0;
    float range = 0;
    float[] least = new float[subspaces];
    for (int i = 0; i < subspaces; i++) {
      float low = tables[i * entries];
      float high = low;
      for (int e = 1; e < entries; e++) {
        float product = tables[i * entries + e];
        low = product < low ? product : low;
        high = product > high ? product : high;
      }
      least[i] = low;
      base += low;
      range = Math.max(range, high - low);
    }
    float perUnit = range > 0 ? TOP / range : 0;
    byte[] bytes = new byte[subspaces * WIDTH + BEHIND];
    for (int i = 0; i < subspaces; i++) {
      for (int e = 0; e < entries; e++) {
        bytes[i * WIDTH + e] = (byte) ((tables[i * entries + e] - least[i]) * perUnit + 0.5f);
      }
    }
    kernel.add(codes, at, bytes, subspaces / 2, base, range / TOP, sums, rows);
  }
}
