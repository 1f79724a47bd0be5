package org.trispike.datasets.format.label;

import java.io.Serializable;
import java.util.Objects;

/**
 * An object of a picture in COCO's form.
 *
 * @param id unique in its file
 * @param box around it, within the picture, with the name of its category
 * @param categoryId the number of its category
 * @param area of its mask as the file has it, in pixels
 * @param outline which pixels it covers; {@linkplain Outline#isEmpty() empty} where nobody drew it
 */
public record CocoAnnotation(long id, Box2d box, int categoryId, double area, Outline outline)
    implements Serializable {
  public CocoAnnotation {
    Objects.requireNonNull(box);
    Objects.requireNonNull(outline);
  }
}
