package org.trispike.datasets.source;

import java.io.IOException;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.format.Source;

/**
 * Where a collection lies.
 *
 * @param layout how
 * @param list the file that lists its shapes or their captions, or "" where the layout needs none
 * @param root the folder that paths are relative to
 * @param splits draws the splits of rows that have none
 * @param limits what a file may ask for
 */
public record Collection(Layout layout, String list, String root, SplitRule splits, Limits limits) {
  public Collection {
    Objects.requireNonNull(layout);
    Objects.requireNonNull(list);
    Objects.requireNonNull(root);
    Objects.requireNonNull(splits);
    Objects.requireNonNull(limits);
  }

  /**
   * Its rows; no shape, recording or picture is opened, but for the labels in HDF5 files.
   *
   * @throws UserError if the folder or the list is missing, or is not of the layout
   */
  public InputTable read(Configuration conf) {
    return switch (layout) {
      case LIST -> TripletSource.read(conf, list, splits, limits);
      case FOLDERS -> FolderSource.read(conf, this, false);
      case MODELNET -> FolderSource.read(conf, this, true);
      case HDF5 -> Hdf5Source.read(conf, this);
      case OPENSHAPE -> OpenShapeSource.read(conf, this);
      case ULIP -> UlipSource.read(conf, this);
      case OBJAVERSE -> ObjaverseSource.read(conf, this);
      case EVENTS -> EventSource.folders(conf, this);
      case NMNIST -> EventSource.digits(conf, this);
      case DVSGESTURE -> GestureSource.read(conf, this);
      case GEN1 -> Gen1Source.read(conf, this);
      case KITTI -> KittiSource.read(conf, this);
      case SEMANTICKITTI -> SemanticKittiSource.read(conf, this);
      case COCO -> CocoSource.instances(conf, this);
      case COCO_PANOPTIC -> CocoSource.panoptic(conf, this);
      case VOC -> VocSource.read(conf, this);
      case ADE20K -> AdeSource.read(conf, this);
      case CITYSCAPES -> CityscapesSource.read(conf, this);
      case YOLO -> YoloSource.read(conf, this);
    };
  }

  /** Its files, by their paths below the root. */
  HadoopFiles files(Configuration conf) {
    try {
      return new HadoopFiles(conf, root);
    } catch (IOException e) {
      throw UserError.environment("Cannot open " + root + ": " + e.getMessage(), e);
    }
  }

  /** Reads a file. */
  interface Reading<T> {
    T of(Source source) throws CorruptInputException;
  }

  /**
   * What a file says without which nothing can be made of the collection.
   *
   * @throws UserError if it cannot be used
   */
  <T> T require(Configuration conf, String path, Reading<T> reading) {
    try {
      return reading.of(Source.of(files(conf), path, limits));
    } catch (CorruptInputException e) {
      throw new UserError(
          UserError.Kind.DATA, root + "/" + path + ": " + e.getMessage() + "; nothing was done", e);
    }
  }

  /** What messages call it: the list, or else the folder. */
  public String name() {
    return list.isEmpty() ? root : list;
  }
}
