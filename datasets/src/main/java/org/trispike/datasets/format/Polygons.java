package org.trispike.datasets.format;

import org.trispike.datasets.geometry.Look;
import org.trispike.datasets.geometry.MeshPart;

/** Faces as they are read, corner by corner: cut into fans of triangles, each with its colour. */
final class Polygons {
  private final Source source;
  private final int vertices;
  private final Ints corners = new Ints();
  private final Ints triangles = new Ints();
  private final Floats colors = new Floats();
  private boolean painted;
  private int faces;

  /**
   * @param vertices how many there are
   */
  Polygons(Source source, int vertices) {
    this.source = source;
    this.vertices = vertices;
  }

  void corner(long vertex) throws CorruptInputException {
    if (vertex < 0 || vertex >= vertices) {
      throw source.bad(
          Reason.INDEX_OUT_OF_RANGE,
          "Face %s has the vertex %s, outside 0..%s",
          faces,
          vertex,
          vertices - 1);
    }
    corners.add((int) vertex);
  }

  void endFace() throws CorruptInputException {
    endFace(Colors.NONE, Colors.NONE, Colors.NONE);
  }

  /** Takes the corners so far as a polygon of this colour; fewer than three are left out. */
  void endFace(float red, float green, float blue) throws CorruptInputException {
    for (int i = 2; i < corners.size(); i++) {
      triangle(corners.get(0), corners.get(i - 1), corners.get(i), red, green, blue);
    }
    endOfCorners();
  }

  /** Takes the corners so far as a strip: each with the two before it is a triangle. */
  void endStrip() throws CorruptInputException {
    for (int i = 2; i < corners.size(); i++) {
      int odd = i & 1;
      int a = corners.get(i - 2 + odd);
      int b = corners.get(i - 1 - odd);
      triangle(a, b, corners.get(i), Colors.NONE, Colors.NONE, Colors.NONE);
    }
    endOfCorners();
  }

  private void triangle(int a, int b, int c, float red, float green, float blue)
      throws CorruptInputException {
    triangles.add(a, b, c);
    colors.add(red, green, blue);
    painted |= !Float.isNaN(red);
    Checks.faces(source, triangles.size() / 3);
  }

  private void endOfCorners() {
    corners.clear();
    faces++;
  }

  /**
   * The part of these faces. Colours of vertices win over those of faces.
   *
   * @param rgb [vertices · 3] colours of the vertices, or null
   */
  MeshPart part(float[] xyz, float[] rgb) {
    int[] indices = triangles.toArray();
    if (rgb != null) {
      return new MeshPart(xyz, indices, Look.vertices(Colors.scale(rgb)));
    }
    return painted ? painted(xyz, indices) : new MeshPart(xyz, indices, Look.grey());
  }

  /** A vertex for each colour of the faces that meet in it. */
  private MeshPart painted(float[] xyz, int[] indices) {
    float[] scaled = Colors.scale(colors.toArray());
    VertexPairs pairs = new VertexPairs(vertices);
    for (int i = 0; i < indices.length; i++) {
      int face = i / 3 * 3;
      indices[i] =
          pairs.index(indices[i], packed(scaled[face], scaled[face + 1], scaled[face + 2]));
    }
    float[] places = new float[pairs.size() * 3];
    float[] tints = new float[pairs.size() * 3];
    for (int i = 0; i < pairs.size(); i++) {
      System.arraycopy(xyz, pairs.vertex(i) * 3, places, i * 3, 3);
      int color = pairs.attribute(i);
      tints[i * 3] = (color >> 16 & 255) / 255f;
      tints[i * 3 + 1] = (color >> 8 & 255) / 255f;
      tints[i * 3 + 2] = (color & 255) / 255f;
    }
    return new MeshPart(places, indices, Look.vertices(tints));
  }

  private static int packed(float red, float green, float blue) {
    return to8(red) << 16 | to8(green) << 8 | to8(blue);
  }

  private static int to8(float value) {
    float known = Float.isNaN(value) ? Look.GREY : value;
    return Math.round(Math.max(0, Math.min(1, known)) * 255);
  }
}
