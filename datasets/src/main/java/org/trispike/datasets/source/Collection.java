package org.trispike.datasets.source;

import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.Limits;

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
   * Its rows; no shape is opened, but for the labels in HDF5 files.
   *
   * @throws UserError if the folder or the list is missing, or is not of the layout
   */
  public TripletTable read(Configuration conf) {
    return switch (layout) {
      case LIST -> TripletSource.read(conf, list, splits, limits);
      case FOLDERS -> FolderSource.read(conf, this, false);
      case MODELNET -> FolderSource.read(conf, this, true);
      case HDF5 -> Hdf5Source.read(conf, this);
      case OPENSHAPE -> OpenShapeSource.read(conf, this);
      case ULIP -> UlipSource.read(conf, this);
      case OBJAVERSE -> ObjaverseSource.read(conf, this);
    };
  }

  /** What messages call it: the list, or else the folder. */
  public String name() {
    return list.isEmpty() ? root : list;
  }
}
