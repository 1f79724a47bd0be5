package org.trispike.kernels;

/**
 * The occupied voxels of one level, sorted by key within each sample.
 *
 * @param sampleOffsets [samples + 1]
 * @param keys [sites] of {@link Grid}: sample, x, y, z packed so that neighbours are a constant
 *     away
 * @param grid how a key is packed
 * @param features [sites · 6], or null above level 0
 */
record Sites(int[] sampleOffsets, long[] keys, Grid grid, float[] features) {
  int count() {
    return keys.length;
  }

  /**
   * Packs (sample, x, y, z) with a margin of one voxel on each side, so that no neighbour of a
   * voxel is mistaken for one in another row or sample.
   *
   * @param sizeX voxels along x, margins included
   */
  record Grid(long sizeX, long sizeY, long sizeZ) {
    static Grid of(int x, int y, int z) {
      return new Grid(x + 2L, y + 2L, z + 2L);
    }

    long key(long sample, int x, int y, int z) {
      return ((sample * sizeX + x + 1) * sizeY + y + 1) * sizeZ + z + 1;
    }

    int z(long key) {
      return (int) (key % sizeZ) - 1;
    }

    int y(long key) {
      return (int) (key / sizeZ % sizeY) - 1;
    }

    int x(long key) {
      return (int) (key / (sizeZ * sizeY) % sizeX) - 1;
    }

    long perSample() {
      return sizeX * sizeY * sizeZ;
    }
  }
}
