package org.trispike.datasets.format.label;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A picture with a panoptic map.
 *
 * @param id unique in its file
 * @param file the picture's name, without a folder
 * @param map the map's name, without a folder
 * @param width in pixels
 * @param height in pixels
 * @param segments what the map holds
 */
public record PanopticImage(
    long id, String file, String map, int width, int height, List<PanopticSegment> segments)
    implements Serializable {
  public PanopticImage {
    Objects.requireNonNull(file);
    Objects.requireNonNull(map);
    segments = List.copyOf(segments);
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(file + " is " + width + " by " + height + " pixels");
    }
    Set<Integer> ids = new HashSet<>();
    for (PanopticSegment segment : segments) {
      if (!ids.add(segment.id())) {
        throw new IllegalArgumentException(
            "The segment " + segment.id() + " of picture " + id + " stands there twice");
      }
    }
  }
}
