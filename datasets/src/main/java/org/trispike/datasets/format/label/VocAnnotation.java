package org.trispike.datasets.format.label;

import java.util.List;
import java.util.Objects;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Source;

/**
 * What is labelled in a picture of Pascal VOC.
 *
 * @param file the picture's name, without a folder
 * @param width in pixels
 * @param height in pixels
 * @param objects in the order of the file; there may be none
 * @param clipped how many boxes reached beyond the picture and were cut at its border
 */
public record VocAnnotation(
    String file, int width, int height, List<VocObject> objects, int clipped) {
  public VocAnnotation {
    Objects.requireNonNull(file);
    objects = List.copyOf(objects);
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(file + " is " + width + " by " + height + " pixels");
    }
  }

  /**
   * The annotation in an XML file of the folder Annotations. Corners count from 1 and are pixels of
   * the box, so that one from xmin = 1 to xmax = 1 becomes x = 0 and width = 1. Parts of objects
   * are left out.
   */
  public static VocAnnotation read(Source source) throws CorruptInputException {
    return new VocReader(source).read();
  }
}
