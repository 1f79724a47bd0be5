package org.trispike.datasets.geometry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which axis of a file points up. Everything beyond the reader has z upwards. */
public enum UpAxis {
  /** Y for glTF, GLB and OBJ, whose writers mostly hold to it; Z for the rest. */
  AUTO,
  Y,
  Z;

  /** Y or Z, for a file with this extension (without its dot). */
  public UpAxis of(String extension) {
    if (this != AUTO) {
      return this;
    }
    return switch (extension.toLowerCase(Locale.ROOT)) {
      case "glb", "gltf", "obj" -> Y;
      default -> Z;
    };
  }

  /** The shape with z upwards, by the rotation (x, y, z) → (x, −z, y) if y was. */
  public Shape upright(Shape shape, String extension) {
    if (of(extension) == Z) {
      return shape;
    }
    if (shape instanceof PointCloud cloud) {
      return new PointCloud(turn(cloud.xyz()), cloud.rgb());
    }
    List<MeshPart> parts = new ArrayList<>();
    for (MeshPart part : ((Mesh) shape).parts()) {
      parts.add(new MeshPart(turn(part.xyz()), part.triangles(), part.look()));
    }
    return new Mesh(parts);
  }

  private static float[] turn(float[] xyz) {
    float[] out = new float[xyz.length];
    for (int i = 0; i < xyz.length; i += 3) {
      out[i] = xyz[i];
      out[i + 1] = -xyz[i + 2];
      out[i + 2] = xyz[i + 1];
    }
    return out;
  }
}
