package org.trispike.datasets.geometry;

/**
 * A picture laid on a surface; it repeats beyond its borders.
 *
 * @param width in texels
 * @param height in texels
 * @param rgb [height · width] texels 0xRRGGBB, the upper row first; shared, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // a large array that is passed through
public record Texture(int width, int height, int[] rgb) {
  public Texture {
    if (width < 1 || height < 1 || rgb.length != (long) width * height) {
      throw new IllegalArgumentException(
          rgb.length + " texels are no picture of " + width + " by " + height);
    }
  }

  /** The texel at (u, v), each taken modulo 1, v from the top; NaN counts as 0. */
  public int texel(float u, float v) {
    float x = u - (float) Math.floor(u);
    float y = v - (float) Math.floor(v);
    int column = Math.min((int) (x * width), width - 1);
    int row = Math.min((int) (y * height), height - 1);
    return rgb[row * width + column];
  }
}
