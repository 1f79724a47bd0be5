package org.trispike.kernels;

/**
 * The occupied voxels of one level, sorted by key within each sample.
 *
 * @param sampleOffsets [samples + 1]
 * @param keys [sites] of {@link Grid}
 * @param grid how a key is packed
 * @param features [slabs · sites · 6], or null above level 0
 */
record Sites(int[] sampleOffsets, long[] keys, Grid grid, float[] features) {
  int count() {
    return keys.length;
  }

  int samples() {
    return sampleOffsets.length - 1;
  }

  /**
   * Packs (x, y, z) into one number, with a margin of one voxel on each side, so that neighbours
   * are a constant away and none is mistaken for one in another row. At most 63 bits, since cells
   * are below 2^20.
   *
   * @param shiftX where x begins
   * @param shiftY where y begins; z begins at 0
   * @param bits of the whole key
   */
  record Grid(int shiftX, int shiftY, int bits) {

    /** The grid of cells 0..extent−1 on each axis. */
    static Grid of(int extentX, int extentY, int extentZ) {
      int shiftY = width(extentZ);
      int shiftX = shiftY + width(extentY);
      return new Grid(shiftX, shiftY, shiftX + width(extentX));
    }

    private static int width(int extent) {
      return 32 - Integer.numberOfLeadingZeros(extent + 1);
    }

    long key(int x, int y, int z) {
      return (x + 1L << shiftX) + (y + 1L << shiftY) + z + 1;
    }

    int x(long key) {
      return (int) (key >>> shiftX) - 1;
    }

    int y(long key) {
      return (int) (key >>> shiftY & (1L << shiftX - shiftY) - 1) - 1;
    }

    int z(long key) {
      return (int) (key & (1L << shiftY) - 1) - 1;
    }

    /** What a step of (dx, dy) adds to a key. */
    long step(int dx, int dy) {
      return ((long) dx << shiftX) + ((long) dy << shiftY);
    }

    /** The grid of the cells at half the resolution. */
    Grid halved() {
      return of(
          (1 << bits - shiftX) - 1 >> 1, (1 << shiftX - shiftY) - 1 >> 1, (1 << shiftY) - 1 >> 1);
    }
  }
}
