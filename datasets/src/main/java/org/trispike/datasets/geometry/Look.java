package org.trispike.datasets.geometry;

import java.util.Objects;

/**
 * The colour of a surface: base · vertex colour · texel, all as sRGB values in 0..1. Products of
 * linear light are products of sRGB values too but for the short linear piece of the curve, since a
 * power of a product is the product of the powers.
 *
 * @param red of the base colour
 * @param green of the base colour
 * @param blue of the base colour
 * @param vertexColors [vertices · 3], or null
 * @param texture or null
 * @param uv [vertices · 2] texture coordinates with v downwards, or null without texture
 */
@SuppressWarnings("ArrayRecordComponent") // large arrays that are passed through
public record Look(
    float red, float green, float blue, float[] vertexColors, Texture texture, float[] uv) {
  /** What surfaces and points without any colour get. */
  public static final float GREY = 0.8f;

  public Look {
    if (texture != null) {
      Objects.requireNonNull(uv);
    }
  }

  public static Look plain(float red, float green, float blue) {
    return new Look(red, green, blue, null, null, null);
  }

  public static Look grey() {
    return plain(GREY, GREY, GREY);
  }

  /** A look of vertex colours alone. */
  public static Look vertices(float[] vertexColors) {
    return new Look(1, 1, 1, Objects.requireNonNull(vertexColors), null, null);
  }

  /**
   * Writes the colour at a point of a triangle, {@code a + s (b − a) + t (c − a)}.
   *
   * @param a first vertex
   * @param b second vertex
   * @param c third vertex
   * @param s weight of b
   * @param t weight of c
   * @param rgb where the colour goes
   * @param at index of its red
   */
  void paint(int a, int b, int c, float s, float t, float[] rgb, int at) {
    float r = red;
    float g = green;
    float bl = blue;
    float first = 1 - s - t;
    if (vertexColors != null) {
      float[] colors = vertexColors;
      r *= first * colors[a * 3] + s * colors[b * 3] + t * colors[c * 3];
      g *= first * colors[a * 3 + 1] + s * colors[b * 3 + 1] + t * colors[c * 3 + 1];
      bl *= first * colors[a * 3 + 2] + s * colors[b * 3 + 2] + t * colors[c * 3 + 2];
    }
    if (texture != null) {
      float u = first * uv[a * 2] + s * uv[b * 2] + t * uv[c * 2];
      float v = first * uv[a * 2 + 1] + s * uv[b * 2 + 1] + t * uv[c * 2 + 1];
      int texel = texture.texel(u, v);
      r *= (texel >> 16 & 255) * (1 / 255f);
      g *= (texel >> 8 & 255) * (1 / 255f);
      bl *= (texel & 255) * (1 / 255f);
    }
    rgb[at] = r;
    rgb[at + 1] = g;
    rgb[at + 2] = bl;
  }
}
