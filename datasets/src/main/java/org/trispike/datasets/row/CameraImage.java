package org.trispike.datasets.row;

import java.util.Objects;
import org.trispike.datasets.format.lidar.Projection;
import org.trispike.datasets.format.lidar.RigidMap;

/**
 * A picture of a camera that stands beside a lidar.
 *
 * @param fromLidar from the lidar's coordinates to the camera's: x to the right, y down, z ahead
 * @param projection from the camera's coordinates to pixels
 */
public record CameraImage(EncodedImage image, RigidMap fromLidar, Projection projection) {
  public CameraImage {
    Objects.requireNonNull(image);
    Objects.requireNonNull(fromLidar);
    Objects.requireNonNull(projection);
  }
}
