package org.trispike.datasets.teacher;

import org.trispike.kernels.KeyedRandom;

/** Pictures as tuning sees them: cropped and zoomed a little, mirrored, brighter or darker. */
final class Augmentation {
  private static final int SIDE = ImageTower.SIDE;

  private Augmentation() {}

  /** Writes a changed copy of a prepared picture to {@code out[offset ...]}, [3, 64, 64]. */
  static void apply(byte[] picture, KeyedRandom random, float[] out, int offset) {
    float zoom = 0.75f + 0.35f * random.nextFloat();
    float slack = SIDE * (1 - zoom);
    float x0 = slack * random.nextFloat();
    float y0 = slack * random.nextFloat();
    boolean mirrored = random.nextInt(2) == 1;
    float brightness = 0.8f + 0.4f * random.nextFloat();
    for (int channel = 0; channel < 3; channel++) {
      float tint = brightness * (0.95f + 0.1f * random.nextFloat());
      int plane = channel * SIDE * SIDE;
      for (int row = 0; row < SIDE; row++) {
        float y = y0 + (row + 0.5f) * zoom - 0.5f;
        for (int column = 0; column < SIDE; column++) {
          float x = x0 + (column + 0.5f) * zoom - 0.5f;
          int at = offset + plane + row * SIDE + (mirrored ? SIDE - 1 - column : column);
          out[at] = Pictures.scale(Math.min(255, tint * bilinear(picture, plane, x, y)));
        }
      }
    }
  }

  private static float bilinear(byte[] picture, int plane, float x, float y) {
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    float fx = x - left;
    float fy = y - top;
    float above =
        pixel(picture, plane, left, top) * (1 - fx) + pixel(picture, plane, left + 1, top) * fx;
    float below =
        pixel(picture, plane, left, top + 1) * (1 - fx)
            + pixel(picture, plane, left + 1, top + 1) * fx;
    return above * (1 - fy) + below * fy;
  }

  /** White outside the picture, as {@link Pictures} leaves it. */
  private static float pixel(byte[] picture, int plane, int x, int y) {
    boolean inside = x >= 0 && x < SIDE && y >= 0 && y < SIDE;
    return inside ? picture[plane + y * SIDE + x] & 255 : 255;
  }
}
