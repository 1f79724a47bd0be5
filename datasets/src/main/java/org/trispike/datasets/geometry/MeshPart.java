package org.trispike.datasets.geometry;

import java.util.Objects;

/**
 * Triangles of one look. The arrays are shared, not copied, and are not written to.
 *
 * @param xyz [vertices · 3] coordinates
 * @param triangles [faces · 3] indices of vertices
 * @param look the colours of the surface
 */
@SuppressWarnings("ArrayRecordComponent") // large arrays that are passed through
public record MeshPart(float[] xyz, int[] triangles, Look look) {
  public MeshPart {
    Objects.requireNonNull(look);
    check(xyz.length % 3 == 0, xyz.length + " coordinates are not three a vertex");
    check(triangles.length % 3 == 0, triangles.length + " indices are not three a triangle");
    int vertices = xyz.length / 3;
    check(
        look.vertexColors() == null || look.vertexColors().length == vertices * 3,
        "The vertex colours are not three a vertex");
    check(
        look.texture() == null || look.uv().length == vertices * 2,
        "The texture coordinates are not two a vertex");
  }

  public int vertices() {
    return xyz.length / 3;
  }

  public int faces() {
    return triangles.length / 3;
  }

  private static void check(boolean ok, String message) {
    if (!ok) {
      throw new IllegalArgumentException(message);
    }
  }
}
