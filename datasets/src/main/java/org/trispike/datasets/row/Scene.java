package org.trispike.datasets.row;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.trispike.datasets.Split;
import org.trispike.datasets.format.label.Box2d;
import org.trispike.datasets.format.lidar.Box3d;
import org.trispike.datasets.format.lidar.LidarScan;
import org.trispike.datasets.format.lidar.PointLabels;

/**
 * What a lidar saw in one turn, in its own coordinates, with what a person found in it.
 *
 * @param id unique in the dataset
 * @param source the path of the scan, relative to the root of the input
 * @param scan the points; absent where the reader was not asked for them
 * @param labels the class and the object of each point, where there are and they were read
 * @param boxes around objects
 * @param unlabelled parts of the first picture in which there may be objects without a box
 * @param images of cameras beside the lidar
 * @param files the files that this row was made from
 */
public record Scene(
    String id,
    String source,
    Split split,
    Optional<LidarScan> scan,
    Optional<PointLabels> labels,
    List<Box3d> boxes,
    List<Box2d> unlabelled,
    List<CameraImage> images,
    List<SourceFile> files)
    implements Row {
  public Scene {
    Objects.requireNonNull(id);
    Objects.requireNonNull(source);
    Objects.requireNonNull(split);
    Objects.requireNonNull(scan);
    Objects.requireNonNull(labels);
    boxes = List.copyOf(boxes);
    unlabelled = List.copyOf(unlabelled);
    images = List.copyOf(images);
    files = List.copyOf(files);
    if (scan.isPresent() && labels.isPresent() && scan.get().points() != labels.get().size()) {
      throw new IllegalArgumentException(
          labels.get().size() + " labels for " + scan.get().points() + " points");
    }
  }

  /** None: a scene holds things of many categories. */
  @Override
  public String category() {
    return "";
  }

  /** The points, which the reader must have been asked for. */
  public LidarScan points() {
    return scan.orElseThrow(() -> new IllegalStateException("Points of " + id + " were not read"));
  }
}
