package org.trispike.datasets.source;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;
import org.trispike.datasets.format.label.CocoImage;
import org.trispike.datasets.format.label.Outline;
import org.trispike.datasets.row.PictureBox;

/** A picture of COCO with its objects. */
record CocoPicture(CocoImage image) implements PictureAnnotation {
  CocoPicture {
    Objects.requireNonNull(image);
  }

  @Override
  public PictureLabels read(Source picture, int width, int height) throws CorruptInputException {
    picture.check(
        image.width() == width && image.height() == height,
        Reason.BAD_ROW,
        "Its annotations are of another size: %s",
        image.width() + " × " + image.height() + ", not " + width + " × " + height);
    List<PictureBox> boxes =
        image.annotations().stream()
            .map(
                object -> {
                  Outline outline = object.outline();
                  return new PictureBox(
                      object.box(),
                      false,
                      outline.isEmpty()
                          ? Optional.empty()
                          : Optional.of(outline.mask(width, height)));
                })
            .toList();
    return PictureLabels.of(boxes);
  }
}
