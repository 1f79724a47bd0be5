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

  private static float clamp(float value, float low) {
    return Math.min(1, Math.max(low, value));
  }
}
