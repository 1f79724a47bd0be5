package org.trispike.datasets.geometry;

import java.util.List;

/** A sphere about the middle of a shape's bounding box that holds the whole shape. */
record Sphere(double x, double y, double z, double radius) {
  static Sphere around(Shape shape) {
    List<float[]> arrays =
        shape instanceof PointCloud cloud
            ? List.of(cloud.xyz())
            : ((Mesh) shape).parts().stream().map(MeshPart::xyz).toList();
    double[] middle = new double[3];
    for (int k = 0; k < 3; k++) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (float[] xyz : arrays) {
        for (int i = k; i < xyz.length; i += 3) {
          low = Math.min(low, xyz[i]);
          high = Math.max(high, xyz[i]);
        }
      }
      middle[k] = low <= high ? (low + high) / 2 : 0;
    }
    double largest = 0;
    for (float[] xyz : arrays) {
      for (int i = 0; i < xyz.length; i += 3) {
        double dx = xyz[i] - middle[0];
        double dy = xyz[i + 1] - middle[1];
        double dz = xyz[i + 2] - middle[2];
        largest = Math.max(largest, dx * dx + dy * dy + dz * dz);
      }
    }
    return new Sphere(middle[0], middle[1], middle[2], Math.max(Math.sqrt(largest), 1e-12));
  }
}
