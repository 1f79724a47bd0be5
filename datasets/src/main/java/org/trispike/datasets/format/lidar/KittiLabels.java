package org.trispike.datasets.format.lidar;

import java.util.ArrayList;
import java.util.List;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Source;
import org.trispike.datasets.format.TextLine;
import org.trispike.datasets.format.label.Box2d;

/**
 * What is labelled in a frame of KITTI's object benchmark.
 *
 * @param objects in the order of the file, regions among them; there may be none
 */
public record KittiLabels(List<KittiObject> objects) {
  public KittiLabels {
    objects = List.copyOf(objects);
  }

  /** The labels in a file of the folder label_2, or detections in the same form. */
  public static KittiLabels read(Source source) throws CorruptInputException {
    List<KittiObject> objects = new ArrayList<>();
    for (TextLine line : TextLine.read(source)) {
      objects.add(KittiObject.of(line));
    }
    return new KittiLabels(objects);
  }

  /** The boxes of the objects, in the lidar's coordinates. */
  public List<Box3d> boxes(KittiCalibration calibration) {
    return objects.stream()
        .filter(object -> !object.dontCare())
        .map(object -> object.box(calibration))
        .toList();
  }

  /** Parts of the picture in which there may be objects that nobody labelled. */
  public List<Box2d> dontCare() {
    return objects.stream().filter(KittiObject::dontCare).map(KittiObject::region).toList();
  }
}
