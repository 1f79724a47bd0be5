package org.trispike.kernels;

import java.util.List;

/**
 * Coloured point clouds of one mini-batch, one after the other.
 *
 * @param offsets [samples + 1] where each sample's points begin
 * @param xyz [points · 3] coordinates, in the unit of the voxel size
 * @param rgb [points · 3] colours, 0..1
 * @param windows which time step sees which points, or null if each sees all of them
 */
public record PointBatch(int[] offsets, float[] xyz, float[] rgb, Windows windows) {

  /**
   * Points in windows of time, as events come.
   *
   * @param count T: of the windows of each sample, of which some may be empty
   * @param of [points] the window of each point, 0..count−1
   */
  public record Windows(int count, int[] of) {
    public Windows {
      if (count < 1) {
        throw new IllegalArgumentException("A sample has at least 1 window, not " + count);
      }
      for (int i = 0; i < of.length; i++) {
        if (of[i] < 0 || of[i] >= count) {
          throw new IllegalArgumentException(
              "Window " + of[i] + " of point " + i + " is outside 0.." + (count - 1));
        }
      }
    }
  }

  /** Points that each time step sees. */
  public PointBatch(int[] offsets, float[] xyz, float[] rgb) {
    this(offsets, xyz, rgb, null);
  }

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
    if (windows != null && windows.of().length != points) {
      throw new IllegalArgumentException(
          points + " points have " + windows.of().length + " windows");
    }
  }

  /**
   * Clouds one after the other.
   *
   * @param xyz coordinates of each cloud
   * @param rgb colours of each cloud
   */
  public static PointBatch of(List<float[]> xyz, List<float[]> rgb) {
    int[] offsets = new int[xyz.size() + 1];
    for (int i = 0; i < xyz.size(); i++) {
      offsets[i + 1] = offsets[i] + xyz.get(i).length / 3;
    }
    return new PointBatch(offsets, joined(xyz), joined(rgb));
  }

  private static float[] joined(List<float[]> parts) {
    float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  /** [points · 6] x, y, z, r, g, b. */
  public float[] features() {
    float[] features = new float[6 * points()];
    for (int i = 0; i < points(); i++) {
      System.arraycopy(xyz, 3 * i, features, 6 * i, 3);
      System.arraycopy(rgb, 3 * i, features, 6 * i + 3, 3);
    }
    return features;
  }

  /** Time steps of which each sees points of its own: 1 without windows. */
  public int slabs() {
    return windows == null ? 1 : windows.count();
  }

  public int samples() {
    return offsets.length - 1;
  }

  public int points() {
    return offsets[offsets.length - 1];
  }
}
