package org.trispike.datasets.source;

import org.trispike.datasets.geometry.UpAxis;
import org.trispike.datasets.row.RowKind;

/** How a collection lies on disk: the words of {@code data.layout}. */
public enum Layout {
  /** A CSV or JSONL file that names shapes: {@link TripletSource}. */
  LIST(RowKind.TRIPLET),
  /** A folder for each category: {@link FolderSource}. */
  FOLDERS(RowKind.TRIPLET),
  /** ModelNet10 and 40 as OFF files: folders of categories with {@code train} and {@code test}. */
  MODELNET(RowKind.TRIPLET),
  /** HDF5 files of clouds: modelnet40_ply_hdf5_2048, ScanObjectNN: {@link Hdf5Source}. */
  HDF5(RowKind.TRIPLET),
  /** OpenShape's pickled records and its list of a split: {@link OpenShapeSource}. */
  OPENSHAPE(RowKind.TRIPLET),
  /** ULIP's ShapeNet-55: clouds, rendered views and a taxonomy: {@link UlipSource}. */
  ULIP(RowKind.TRIPLET),
  /** A tree of GLB files named by their uid, with Cap3D's captions: {@link ObjaverseSource}. */
  OBJAVERSE(RowKind.TRIPLET),
  /** Recordings of event cameras, a folder for each category: {@link EventSource}. */
  EVENTS(RowKind.RECORDING),
  /** N-MNIST: {@code Train} and {@code Test}, or SLAYER's numbered files: {@link EventSource}. */
  NMNIST(RowKind.RECORDING),
  /** DVS128 Gesture: {@link GestureSource}. */
  DVSGESTURE(RowKind.RECORDING),
  /** Prophesee's automotive recordings with boxes: {@link Gen1Source}. */
  GEN1(RowKind.RECORDING),
  /** KITTI's object benchmark: {@link KittiSource}. */
  KITTI(RowKind.SCENE),
  /** SemanticKITTI: {@link SemanticKittiSource}. */
  SEMANTICKITTI(RowKind.SCENE),
  /** COCO's objects: {@link CocoSource}. */
  COCO(RowKind.PICTURE),
  /** COCO's panoptic maps: {@link CocoSource}. */
  COCO_PANOPTIC(RowKind.PICTURE),
  /** Pascal VOC: {@link VocSource}. */
  VOC(RowKind.PICTURE),
  /** ADE20K: {@link AdeSource}. */
  ADE20K(RowKind.PICTURE),
  /** Cityscapes: {@link CityscapesSource}. */
  CITYSCAPES(RowKind.PICTURE),
  /** Pictures with text files of boxes or polygons: {@link YoloSource}. */
  YOLO(RowKind.PICTURE);

  private final RowKind<?> kind;

  Layout(RowKind<?> kind) {
    this.kind = kind;
  }

  /** What its rows are. */
  public RowKind<?> kind() {
    return kind;
  }

  /** Which way is up in such a collection, where its files do not tell it by their format. */
  public UpAxis upAxis() {
    return this == HDF5 || this == ULIP ? UpAxis.Y : UpAxis.AUTO;
  }
}
