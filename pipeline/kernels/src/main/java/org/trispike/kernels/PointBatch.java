package org.trispike.kernels;

/**
 * Coloured point clouds of one mini-batch, one after the other.
 *
 * @param offsets [samples + 1] where each sample's points begin
 * @param xyz [points · 3] coordinates, in the unit of the voxel size
 * @param rgb [points · 3] colours, 0..1
 */
public record PointBatch(int[] offsets, float[] xyz, float[] rgb) {
  public PointBatch {
    if (offsets.length < 1 || offsets[0] != 0) {
      throw new IllegalArgumentException("Offsets of a batch start with 0");
    }
    for (int i = 1; i < offsets.length; i++) {
      if (offsets[i] < offsets[i - 1]) {
        throw new IllegalArgumentException("Offsets of a batch do not fall: sample " + (i - 1));
      }
    }
    int points = offsets[offsets.length - 1];
    if (xyz.length != 3 * points || rgb.length != 3 * points) {
      throw new IllegalArgumentException(
          points
              + " points need "
              + 3 * points
              + " coordinates and as many colours, not "
              + xyz.length
              + " and "
              + rgb.length);
    }
  }

  public int samples() {
    return offsets.length - 1;
  }

  public int points() {
    return offsets[offsets.length - 1];
  }
}
