package org.trispike.datasets.format.label;

import java.io.Serializable;

/** Which pixels an object covers, in either of COCO's two forms. */
public sealed interface Outline extends Serializable permits Polygons, InstanceMask {
  /** Whether nobody drew one. */
  boolean isEmpty();

  /** The pixels in a picture of this size, which must be its own. */
  InstanceMask mask(int width, int height);
}
