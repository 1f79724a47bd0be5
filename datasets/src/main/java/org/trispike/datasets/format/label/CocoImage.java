package org.trispike.datasets.format.label;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * A picture of a COCO data set.
 *
 * @param id unique in its file
 * @param file its name, without a folder
 * @param width in pixels
 * @param height in pixels
 * @param annotations in the order of the file; there may be none
 */
public record CocoImage(
    long id, String file, int width, int height, List<CocoAnnotation> annotations)
    implements Serializable {
  public CocoImage {
    Objects.requireNonNull(file);
    annotations = List.copyOf(annotations);
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(file + " is " + width + " by " + height + " pixels");
    }
  }
}
