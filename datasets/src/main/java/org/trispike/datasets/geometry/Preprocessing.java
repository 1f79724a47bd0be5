package org.trispike.datasets.geometry;

import java.util.Objects;

/**
 * From a shape to the points that a network sees. The one place where this is done: shards,
 * evaluation and prediction must not differ.
 *
 * @param points of a cloud
 * @param upAxis of the files
 */
public record Preprocessing(int points, UpAxis upAxis) {
  public Preprocessing {
    Objects.requireNonNull(upAxis);
    if (points < 1) {
      throw new IllegalArgumentException("Points " + points + " are not positive");
    }
  }

  /**
   * Samples the surface (or draws from the cloud), turns z upwards, and scales to the unit sphere.
   *
   * @param extension of the shape's file, without its dot: tells the up axis where it is AUTO
   * @param seed decides which points are drawn
   * @throws IllegalArgumentException if a mesh has no area, or a cloud no points; what the readers
   *     return has both
   */
  public PointCloud apply(Shape shape, String extension, long seed) {
    PointCloud cloud =
        shape instanceof Mesh mesh
            ? SurfaceSampler.sample(mesh, points, seed)
            : Clouds.resample((PointCloud) shape, points, seed);
    return Clouds.unitSphere((PointCloud) upright(cloud, extension));
  }

  /** The shape with z upwards: what is rendered. */
  public Shape upright(Shape shape, String extension) {
    return upAxis.upright(shape, extension);
  }
}
