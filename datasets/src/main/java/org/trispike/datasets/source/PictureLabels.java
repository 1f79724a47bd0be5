package org.trispike.datasets.source;

import java.util.List;
import java.util.Optional;
import org.trispike.datasets.format.label.ClassMap;
import org.trispike.datasets.format.label.SegmentMap;
import org.trispike.datasets.row.PictureBox;

/**
 * What a person found in a picture.
 *
 * @param boxes around objects, maybe none
 * @param classes the class of each pixel, if they were told
 * @param segments what tells the objects of {@code classes} apart, or empty
 */
@SuppressWarnings("ArrayRecordComponent") // a large array that is passed through
public record PictureLabels(List<PictureBox> boxes, Optional<ClassMap> classes, int[] segments) {
  private static final int[] NO_SEGMENTS = {};

  public PictureLabels {
    boxes = List.copyOf(boxes);
  }

  static PictureLabels of(List<PictureBox> boxes) {
    return new PictureLabels(boxes, Optional.empty(), NO_SEGMENTS);
  }

  static PictureLabels of(ClassMap classes) {
    return new PictureLabels(List.of(), Optional.of(classes), NO_SEGMENTS);
  }

  static PictureLabels of(SegmentMap map) {
    return new PictureLabels(List.of(), Optional.of(map.classes()), map.segments());
  }
}
