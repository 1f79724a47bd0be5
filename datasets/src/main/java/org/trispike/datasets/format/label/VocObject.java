package org.trispike.datasets.format.label;

import java.util.Objects;

/**
 * An object of a picture of Pascal VOC.
 *
 * @param box around it, within the picture
 * @param pose from where it is seen, as Left or Frontal; "" if nobody said
 * @param truncated whether the box is not around all of the object
 * @param difficult whether evaluations pass over it
 */
public record VocObject(Box2d box, String pose, boolean truncated, boolean difficult) {
  public VocObject {
    Objects.requireNonNull(box);
    Objects.requireNonNull(pose);
  }
}
