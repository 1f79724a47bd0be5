package org.trispike.datasets.format.label;

import java.util.List;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Source;

/**
 * Reads the maps of Pascal VOC: PNG files with a palette, whose indices are the numbers and whose
 * colours are for people. The borders of objects, and what is difficult, are void.
 */
public final class VocMaps {
  /** The classes by number. */
  public static final List<String> CLASSES =
      List.of(
          "background",
          "aeroplane",
          "bicycle",
          "bird",
          "boat",
          "bottle",
          "bus",
          "car",
          "cat",
          "chair",
          "cow",
          "diningtable",
          "dog",
          "horse",
          "motorbike",
          "person",
          "pottedplant",
          "sheep",
          "sofa",
          "train",
          "tvmonitor");

  private static final int VOID = 255;

  private VocMaps() {}

  /** The classes in a file of the folder SegmentationClass. */
  public static ClassMap classes(Source source) throws CorruptInputException {
    return ClassMap.read(source, CLASSES.size() - 1, VOID);
  }

  /** The objects in a file of the folder SegmentationObject, from 1 on, 0 for the background. */
  public static ClassMap objects(Source source) throws CorruptInputException {
    return ClassMap.read(source, VOID - 1, VOID);
  }
}
