package org.trispike.training.draw;

import org.trispike.datasets.geometry.PointCloud;

/**
 * A cloud as it waits in memory: 9 bytes a point where that loses nothing, which is so for points
 * that were stored quantised, and 24 otherwise.
 */
final class PackedCloud {
  private static final float STEP = 2 / 65535f;
  private static final float COLOUR_STEP = 1 / 255f;

  private final int points;
  private final short[] shortXyz;
  private final byte[] byteRgb;
  private final PointCloud plain;

  private PackedCloud(int points, short[] xyz, byte[] rgb, PointCloud plain) {
    this.points = points;
    this.shortXyz = xyz;
    this.byteRgb = rgb;
    this.plain = plain;
  }

  static PackedCloud of(PointCloud cloud) {
    short[] xyz = new short[cloud.xyz().length];
    byte[] rgb = new byte[cloud.rgb().length];
    for (int i = 0; i < xyz.length; i++) {
      xyz[i] = (short) Math.round((cloud.xyz()[i] + 1) / STEP);
      rgb[i] = (byte) Math.round(cloud.rgb()[i] / COLOUR_STEP);
      if (xyz(xyz[i]) != cloud.xyz()[i] || rgb(rgb[i]) != cloud.rgb()[i]) {
        return new PackedCloud(cloud.points(), null, null, cloud);
      }
    }
    return new PackedCloud(cloud.points(), xyz, rgb, null);
  }

  int points() {
    return points;
  }

  long bytes() {
    return points * (plain == null ? 9L : 24L);
  }

  /** Copies point {@code from} to place {@code to} of two arrays of three floats a point. */
  void copy(int from, float[] xyz, float[] rgb, int to) {
    if (plain != null) {
      System.arraycopy(plain.xyz(), 3 * from, xyz, 3 * to, 3);
      System.arraycopy(plain.rgb(), 3 * from, rgb, 3 * to, 3);
      return;
    }
    for (int k = 0; k < 3; k++) {
      xyz[3 * to + k] = xyz(shortXyz[3 * from + k]);
      rgb[3 * to + k] = rgb(byteRgb[3 * from + k]);
    }
  }

  private static float xyz(short value) {
    return (value & 0xFFFF) * STEP - 1;
  }

  private static float rgb(byte value) {
    return (value & 0xFF) * COLOUR_STEP;
  }
}
