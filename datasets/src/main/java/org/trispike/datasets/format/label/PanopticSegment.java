package org.trispike.datasets.format.label;

import java.io.Serializable;

/**
 * An object or a stretch of stuff in a picture.
 *
 * @param id its number in the map, red + 256 green + 65536 blue
 * @param categoryId the number of its category
 * @param crowd whether it holds many objects that nobody told apart
 */
public record PanopticSegment(int id, int categoryId, boolean crowd) implements Serializable {
  static final int MOST_ID = 0xFFFFFF;

  public PanopticSegment {
    if (id < 1 || id > MOST_ID) {
      throw new IllegalArgumentException("Segment " + id + " is outside 1.." + MOST_ID);
    }
    if (categoryId < 1 || categoryId > ClassMap.MOST_ID) {
      throw new IllegalArgumentException(
          "Category " + categoryId + " is outside 1.." + ClassMap.MOST_ID);
    }
  }
}
