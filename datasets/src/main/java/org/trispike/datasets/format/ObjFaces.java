package org.trispike.datasets.format;

/** What an OBJ file lists, before it is put together: vertices, and triangles in its order. */
final class ObjFaces {
  static final int NO_UV = -1;

  final Floats xyz = new Floats();

  /** Two a texture coordinate, v from the top. */
  final Floats uv = new Floats();

  private final Floats rgb = new Floats();
  private final Ints corners = new Ints();
  private final Ints uvs = new Ints();
  private final Ints materials = new Ints();
  private boolean colored;
  private int firstVertex;
  private int firstUv;
  private int lastVertex;
  private int lastUv;

  int vertices() {
    return xyz.size() / 3;
  }

  /** The colour of the newest vertex; kept from the first vertex on that has one. */
  void color(float red, float green, float blue) {
    if (!colored) {
      if (Float.isNaN(red)) {
        return;
      }
      colored = true;
      while (rgb.size() < xyz.size() - 3) {
        rgb.add(Colors.NONE);
      }
    }
    rgb.add(red, green, blue);
  }

  /** The colours of all vertices in 0..1, or null if none has one. */
  float[] colors() {
    return colored ? Colors.scale(rgb.toArray()) : null;
  }

  /** The next corner of a polygon, which is cut into a fan around its first. */
  void corner(int number, int vertex, int uv, int material) {
    if (number == 0) {
      firstVertex = vertex;
      firstUv = uv;
    } else if (number >= 2) {
      corners.add(firstVertex, lastVertex, vertex);
      uvs.add(firstUv, lastUv, uv);
      materials.add(material);
    }
    lastVertex = vertex;
    lastUv = uv;
  }

  /** How many triangles there are. */
  int count() {
    return materials.size();
  }

  int material(int triangle) {
    return materials.get(triangle);
  }

  /** The vertex of a corner; corner k of triangle t is 3 t + k. */
  int vertex(int corner) {
    return corners.get(corner);
  }

  /** The texture coordinate of a corner, or {@link #NO_UV}. */
  int uv(int corner) {
    return uvs.get(corner);
  }

  boolean hasUv(int triangle) {
    int at = triangle * 3;
    return (uvs.get(at) | uvs.get(at + 1) | uvs.get(at + 2)) >= 0;
  }
}
