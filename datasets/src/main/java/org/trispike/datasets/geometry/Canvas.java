package org.trispike.datasets.geometry;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.Arrays;

/** A z-buffer with colours, twice as fine as the picture that it becomes. */
final class Canvas {
  /** Samples of a pixel along each side. */
  static final int FINER = 2;

  private static final int WHITE = 0xFFFFFF;

  // A light behind the camera's left shoulder: right, up, towards the camera.
  private static final double LIGHT_X = -0.424;
  private static final double LIGHT_Y = 0.530;
  private static final double LIGHT_Z = 0.735;
  private static final double AMBIENT = 0.5;
  private static final double DIFFUSE = 0.55;

  /** Side of a point's square, as a share of the picture's side. */
  private static final double SPLAT = 0.009;

  private final int size;
  private final int side;
  private final int[] colors;
  private final float[] nearness;
  private final float[] rgb = new float[3];

  Canvas(int size) {
    this.size = size;
    this.side = size * FINER;
    this.colors = new int[side * side];
    this.nearness = new float[side * side];
  }

  void clear() {
    Arrays.fill(colors, WHITE);
    Arrays.fill(nearness, 0);
  }

  /**
   * Fills the triangles of a part.
   *
   * @param screen its vertices, of {@link Camera#project}
   */
  void fill(MeshPart part, float[] screen) {
    int[] triangles = part.triangles();
    boolean plain = part.look().vertexColors() == null && part.look().texture() == null;
    for (int f = 0; f < triangles.length; f += 3) {
      triangle(part.look(), plain, screen, triangles[f], triangles[f + 1], triangles[f + 2]);
    }
  }

  private void triangle(Look look, boolean plain, float[] screen, int a, int b, int c) {
    double ax = screen[a * 4];
    double ay = screen[a * 4 + 1];
    double bx = screen[b * 4] - ax;
    double by = screen[b * 4 + 1] - ay;
    double cx = screen[c * 4] - ax;
    double cy = screen[c * 4 + 1] - ay;
    double area = bx * cy - by * cx;
    if (area == 0) {
      return;
    }
    int left = first(Math.min(0, Math.min(bx, cx)) + ax);
    int right = last(Math.max(0, Math.max(bx, cx)) + ax);
    int top = first(Math.min(0, Math.min(by, cy)) + ay);
    int bottom = last(Math.max(0, Math.max(by, cy)) + ay);
    double za = screen[a * 4 + 2];
    double zb = screen[b * 4 + 2];
    double zc = screen[c * 4 + 2];
    double shade = shade(screen, a, b, c);
    int flat = 0;
    if (plain) {
      look.paint(a, b, c, 0, 0, rgb, 0);
      flat = pack(shade);
    }
    double scale = 1 / area;
    for (int y = top; y <= bottom; y++) {
      double dy = y + 0.5 - ay;
      for (int x = left; x <= right; x++) {
        double dx = x + 0.5 - ax;
        double s = (dx * cy - dy * cx) * scale;
        double t = (dy * bx - dx * by) * scale;
        if (s < 0 || t < 0 || s + t > 1) {
          continue;
        }
        double near = za + s * (zb - za) + t * (zc - za);
        int at = y * side + x;
        if (near <= nearness[at]) {
          continue;
        }
        nearness[at] = (float) near;
        if (plain) {
          colors[at] = flat;
        } else { // on the surface, weights go with 1 / depth
          look.paint(a, b, c, (float) (s * zb / near), (float) (t * zc / near), rgb, 0);
          colors[at] = pack(shade);
        }
      }
    }
  }

  private int first(double coordinate) {
    return Math.max(0, (int) Math.ceil(coordinate - 0.5));
  }

  private int last(double coordinate) {
    return Math.min(side - 1, (int) Math.floor(coordinate - 0.5));
  }

  /** The light that a triangle throws back, whichever side of it is seen. */
  private double shade(float[] screen, int a, int b, int c) {
    double half = side / 2.0;
    double ux = (screen[b * 4] - screen[a * 4]) / half;
    double uy = (screen[a * 4 + 1] - screen[b * 4 + 1]) / half;
    double uz = screen[b * 4 + 3] - screen[a * 4 + 3];
    double vx = (screen[c * 4] - screen[a * 4]) / half;
    double vy = (screen[a * 4 + 1] - screen[c * 4 + 1]) / half;
    double vz = screen[c * 4 + 3] - screen[a * 4 + 3];
    double nx = uy * vz - uz * vy;
    double ny = uz * vx - ux * vz;
    double nz = ux * vy - uy * vx;
    double length = Math.sqrt(nx * nx + ny * ny + nz * nz);
    double cosine = (nx * LIGHT_X + ny * LIGHT_Y + nz * LIGHT_Z) / length;
    return AMBIENT + DIFFUSE * Math.max(0, nz < 0 ? -cosine : cosine);
  }

  private int pack(double shade) {
    int packed = 0;
    for (float channel : rgb) {
      packed = packed << 8 | (int) Math.max(0, Math.min(255, channel * shade * 255 + 0.5));
    }
    return packed;
  }

  /** Draws points as squares, farther ones a little darker. */
  void splat(float[] screen, float[] colorsOfPoints) {
    double half = Math.max(1, side * SPLAT / 2);
    for (int i = 0; i < screen.length / 4; i++) {
      float near = screen[i * 4 + 2];
      System.arraycopy(colorsOfPoints, i * 3, rgb, 0, 3);
      int packed = pack(0.85 + 0.15 * screen[i * 4 + 3]);
      int bottom = last(screen[i * 4 + 1] + half);
      int right = last(screen[i * 4] + half);
      for (int y = first(screen[i * 4 + 1] - half); y <= bottom; y++) {
        for (int x = first(screen[i * 4] - half); x <= right; x++) {
          if (near > nearness[y * side + x]) {
            nearness[y * side + x] = near;
            colors[y * side + x] = packed;
          }
        }
      }
    }
  }

  /** The picture: each pixel the mean of its samples. */
  BufferedImage image() {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    int[] out = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        int at = y * FINER * side + x * FINER;
        long sum = spread(colors[at]) + spread(colors[at + 1]);
        sum += spread(colors[at + side]) + spread(colors[at + side + 1]);
        sum += 0x200020002L; // halves go up
        out[y * size + x] =
            (int) (sum >> 34 & 255) << 16 | (int) (sum >> 18 & 255) << 8 | (int) (sum >> 2 & 255);
      }
    }
    return image;
  }

  /** Red, green and blue, each in 16 bits of its own. */
  private static long spread(int rgb) {
    return (rgb & 0xFF0000L) << 16 | (rgb & 0xFF00L) << 8 | rgb & 0xFFL;
  }
}
