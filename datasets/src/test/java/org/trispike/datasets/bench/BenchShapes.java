package org.trispike.datasets.bench;

import java.util.List;
import org.trispike.datasets.geometry.Look;
import org.trispike.datasets.geometry.Mesh;
import org.trispike.datasets.geometry.MeshPart;
import org.trispike.datasets.geometry.PointCloud;
import org.trispike.datasets.geometry.SurfaceSampler;

/** Shapes to measure on. */
final class BenchShapes {
  private BenchShapes() {}

  /** A grid of latitudes and longitudes with bumps and smooth colours, of about so many faces. */
  static MeshPart bumpySphere(int faces) {
    int rings = (int) Math.sqrt(faces / 4.0);
    int columns = 2 * rings;
    float[] xyz = new float[3 * (rings + 1) * columns];
    float[] rgb = new float[xyz.length];
    int[] triangles = new int[6 * rings * columns];
    for (int r = 0; r <= rings; r++) {
      for (int c = 0; c < columns; c++) {
        double latitude = Math.PI * r / rings;
        double longitude = 2 * Math.PI * c / columns;
        double radius = 0.8 + 0.2 * Math.sin(5 * longitude) * Math.sin(7 * latitude);
        int at = 3 * (r * columns + c);
        xyz[at] = (float) (radius * Math.sin(latitude) * Math.cos(longitude));
        xyz[at + 1] = (float) (radius * Math.sin(latitude) * Math.sin(longitude));
        xyz[at + 2] = (float) (radius * Math.cos(latitude));
        for (int d = 0; d < 3; d++) {
          rgb[at + d] = 0.5f + 0.5f * xyz[at + d];
        }
        if (r < rings) {
          int next = (c + 1) % columns - c;
          int corner = r * columns + c;
          int[] two = {
            corner,
            corner + columns,
            corner + next,
            corner + next,
            corner + columns,
            corner + columns + next
          };
          System.arraycopy(two, 0, triangles, 6 * corner, 6);
        }
      }
    }
    return new MeshPart(xyz, triangles, Look.vertices(rgb));
  }

  /** A mesh of one face of a part. */
  static Mesh face(MeshPart part, int face) {
    int[] triangle = new int[3];
    System.arraycopy(part.triangles(), 3 * face, triangle, 0, 3);
    return new Mesh(List.of(new MeshPart(part.xyz(), triangle, part.look())));
  }

  /** Points on such a surface. */
  static PointCloud cloud(int points, long seed) {
    return SurfaceSampler.sample(new Mesh(List.of(bumpySphere(5000))), points, seed);
  }
}
