package org.trispike.datasets.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.trispike.datasets.geometry.Look;
import org.trispike.datasets.geometry.Mesh;
import org.trispike.datasets.geometry.MeshPart;
import org.trispike.datasets.geometry.PointCloud;
import org.trispike.datasets.geometry.SurfaceSampler;

/** What every shape must hold, whatever format it came in. */
public final class Checks {
  /** Products of three such coordinates stay finite in double precision. */
  private static final float LARGEST = 1e30f;

  private Checks() {}

  /** A mesh of these parts, with every index, coordinate and colour checked. */
  static Mesh mesh(Source source, List<MeshPart> parts) throws CorruptInputException {
    List<MeshPart> used = new ArrayList<>();
    long vertices = 0;
    long faces = 0;
    for (MeshPart part : parts) {
      finite(source, part.xyz());
      if (part.faces() == 0) {
        continue;
      }
      indices(source, part.triangles(), part.vertices());
      if (part.look().vertexColors() != null) {
        repairColors(part.look().vertexColors());
      }
      vertices += part.vertices();
      faces += part.faces();
      used.add(part);
    }
    source.check(faces > 0, Reason.EMPTY, "It has no faces");
    vertices(source, vertices);
    faces(source, faces);
    Mesh mesh = new Mesh(used);
    source.check(
        SurfaceSampler.area(mesh) > 0,
        Reason.ZERO_AREA,
        "All its %s faces are without area",
        faces);
    return mesh;
  }

  /**
   * A cloud of these points.
   *
   * @param rgb colours in 0..1, or null for grey
   */
  public static PointCloud cloud(Source source, float[] xyz, float[] rgb)
      throws CorruptInputException {
    source.check(xyz.length > 0, Reason.EMPTY, "It has no faces and no points");
    vertices(source, xyz.length / 3);
    finite(source, xyz);
    float[] colors = rgb;
    if (colors == null) {
      colors = new float[xyz.length];
      Arrays.fill(colors, Look.GREY);
    }
    repairColors(colors);
    return new PointCloud(xyz, colors);
  }

  public static void vertices(Source source, long count) throws CorruptInputException {
    source.check(
        count >= 0 && count <= source.limits().vertices(),
        Reason.COUNT_OVERFLOW,
        "Vertex count %s is outside 0..%s",
        count,
        source.limits().vertices());
  }

  static void faces(Source source, long count) throws CorruptInputException {
    source.check(
        count >= 0 && count <= source.limits().faces(),
        Reason.COUNT_OVERFLOW,
        "Face count %s is outside 0..%s",
        count,
        source.limits().faces());
  }

  private static void finite(Source source, float[] xyz) throws CorruptInputException {
    for (int i = 0; i < xyz.length; i++) {
      if (!(Math.abs(xyz[i]) <= LARGEST)) {
        throw source.bad(Reason.NOT_FINITE, "Vertex %s has the coordinate %s", i / 3, xyz[i]);
      }
    }
  }

  static void indices(Source source, int[] indices, int vertices) throws CorruptInputException {
    for (int index : indices) {
      if (index < 0 || index >= vertices) {
        throw source.bad(
            Reason.INDEX_OUT_OF_RANGE,
            "Face index %s is outside 0..%s",
            Integer.toUnsignedLong(index),
            vertices - 1);
      }
    }
  }

  /** Colours outside 0..1 are cut off; those that are no numbers become grey. */
  private static void repairColors(float[] rgb) {
    for (int i = 0; i < rgb.length; i++) {
      float value = rgb[i];
      rgb[i] = Float.isNaN(value) ? Look.GREY : Math.max(0, Math.min(1, value));
    }
  }
}
