package org.trispike.datasets.row;

import java.util.Objects;
import java.util.Optional;
import org.trispike.datasets.format.label.Box2d;
import org.trispike.datasets.format.label.InstanceMask;

/**
 * A box around an object in a picture.
 *
 * @param difficult whether evaluations pass over it
 * @param mask its pixels, where somebody drew them
 */
public record PictureBox(Box2d box, boolean difficult, Optional<InstanceMask> mask) {
  public PictureBox {
    Objects.requireNonNull(box);
    Objects.requireNonNull(mask);
  }
}
