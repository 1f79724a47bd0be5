package org.trispike.datasets.row;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.trispike.datasets.Split;
import org.trispike.datasets.format.label.ClassMap;

/**
 * A picture with what a person found in it.
 *
 * @param id unique in the dataset
 * @param source the path of the picture, relative to the root of the input
 * @param width in pixels
 * @param height in pixels
 * @param image the encoded file; without bytes where the reader was not asked for it
 * @param boxes around objects, in the order of the input
 * @param classes the class of each pixel, where there are and they were read
 * @param segments [height · width] what tells the objects of {@code classes} apart, 0 for none;
 *     empty where there are none or they were not read; not to be written to
 * @param files the files that this row was made from
 */
@SuppressWarnings("ArrayRecordComponent") // a large array that is passed through
public record Picture(
    String id,
    String source,
    Split split,
    int width,
    int height,
    EncodedImage image,
    List<PictureBox> boxes,
    Optional<ClassMap> classes,
    int[] segments,
    List<SourceFile> files)
    implements Row {
  public Picture {
    Objects.requireNonNull(id);
    Objects.requireNonNull(source);
    Objects.requireNonNull(split);
    Objects.requireNonNull(image);
    boxes = List.copyOf(boxes);
    files = List.copyOf(files);
    if (classes.isPresent()
        && (classes.get().width() != width || classes.get().height() != height)) {
      throw new IllegalArgumentException(
          "A map of "
              + classes.get().width()
              + " × "
              + classes.get().height()
              + " for a picture of "
              + width
              + " × "
              + height
              + " pixels");
    }
    if (segments.length != 0 && segments.length != width * height) {
      throw new IllegalArgumentException(
          segments.length + " segments for a picture of " + width + " × " + height + " pixels");
    }
  }

  /** None: a picture holds things of many categories. */
  @Override
  public String category() {
    return "";
  }
}
