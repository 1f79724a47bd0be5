package org.trispike.datasets.source;

import java.util.Objects;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Source;
import org.trispike.datasets.format.label.PanopticImage;
import org.trispike.datasets.format.label.PanopticMaps;

/**
 * A picture of COCO with a panoptic map.
 *
 * @param map the path of the map
 */
record PanopticPicture(String map, PanopticImage image) implements PictureAnnotation {
  PanopticPicture {
    Objects.requireNonNull(map);
    Objects.requireNonNull(image);
  }

  @Override
  public PictureLabels read(Source picture, int width, int height) throws CorruptInputException {
    return PictureLabels.of(PanopticMaps.read(picture.at(map), image));
  }
}
