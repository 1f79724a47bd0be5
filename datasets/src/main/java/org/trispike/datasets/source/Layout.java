package org.trispike.datasets.source;

import org.trispike.datasets.geometry.UpAxis;

/** How the shapes of a collection lie on disk: the words of {@code data.layout}. */
public enum Layout {
  /** A CSV or JSONL file that names them: {@link TripletSource}. */
  LIST,
  /** A folder for each category: {@link FolderSource}. */
  FOLDERS,
  /** ModelNet10 and 40 as OFF files: folders of categories with {@code train} and {@code test}. */
  MODELNET,
  /** HDF5 files of clouds: modelnet40_ply_hdf5_2048, ScanObjectNN: {@link Hdf5Source}. */
  HDF5,
  /** OpenShape's pickled records and its list of a split: {@link OpenShapeSource}. */
  OPENSHAPE,
  /** ULIP's ShapeNet-55: clouds, rendered views and a taxonomy: {@link UlipSource}. */
  ULIP,
  /** A tree of GLB files named by their uid, with Cap3D's captions: {@link ObjaverseSource}. */
  OBJAVERSE;

  /** Which way is up in such a collection, where its files do not tell it by their format. */
  public UpAxis upAxis() {
    return this == HDF5 || this == ULIP ? UpAxis.Y : UpAxis.AUTO;
  }
}
