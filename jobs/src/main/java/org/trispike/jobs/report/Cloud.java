package org.trispike.jobs.report;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** Packs points for the viewer: 9 bytes a point, in base64. */
final class Cloud {
  private static final int POINT_BYTES = 9;

  private Cloud() {}

  /**
   * @param xyz [3·n], within the unit sphere
   * @param rgb [3·n] in [0, 1]
   * @param limit of points; of more, an evenly spread part is taken
   */
  static String pack(float[] xyz, float[] rgb, int limit) {
    int n = xyz.length / 3;
    int taken = Math.min(n, limit);
    ByteBuffer out = ByteBuffer.allocate(taken * POINT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < taken; i++) {
      int at = (int) ((long) i * n / taken);
      for (int axis = 0; axis < 3; axis++) {
        out.putShort((short) Math.round(clamp(xyz[3 * at + axis], -1) * Short.MAX_VALUE));
      }
      for (int channel = 0; channel < 3; channel++) {
        out.put((byte) Math.round(clamp(rgb[3 * at + channel], 0) * 255));
      }
    }
    return Base64.getEncoder().encodeToString(out.array());
  }

  /**
   * @param packed quantised points as shards hold them: 16-bit coordinates, then 8-bit colours
   * @throws IllegalArgumentException if these are no whole points
   */
  static String repack(byte[] packed, int limit) {
    int n = packed.length / POINT_BYTES;
    if (n * POINT_BYTES != packed.length) {
      throw new IllegalArgumentException(
          packed.length + " bytes are no whole number of points of " + POINT_BYTES);
    }
    ByteBuffer in = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
    float[] xyz = new float[3 * n];
    float[] rgb = new float[3 * n];
    for (int i = 0; i < 3 * n; i++) {
      xyz[i] = (in.getShort(2 * i) & 0xFFFF) * 2 / 65535f - 1;
      rgb[i] = (packed[6 * n + i] & 0xFF) / 255f;
    }
    return pack(xyz, rgb, limit);
  }

  private static float clamp(float value, float low) {
    return Math.min(1, Math.max(low, value));
  }
}
