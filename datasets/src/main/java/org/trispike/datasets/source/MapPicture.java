package org.trispike.datasets.source;

import java.util.Objects;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Source;
import org.trispike.datasets.format.label.AdeMaps;
import org.trispike.datasets.format.label.CityscapesMaps;

/**
 * A picture whose pixels are labelled.
 *
 * @param form of the map
 * @param map the path of its map
 */
record MapPicture(Form form, String map) implements PictureAnnotation {
  /** How a map is to be read. */
  enum Form {
    ADE,
    ADE_FULL,
    CITYSCAPES_CLASSES,
    CITYSCAPES_OBJECTS
  }

  MapPicture {
    Objects.requireNonNull(form);
    Objects.requireNonNull(map);
  }

  @Override
  public PictureLabels read(Source picture, int width, int height) throws CorruptInputException {
    Source source = picture.at(map);
    return switch (form) {
      case ADE -> PictureLabels.of(AdeMaps.scene(source));
      case ADE_FULL -> PictureLabels.of(AdeMaps.full(source));
      case CITYSCAPES_CLASSES -> PictureLabels.of(CityscapesMaps.labels(source));
      case CITYSCAPES_OBJECTS -> PictureLabels.of(CityscapesMaps.instances(source));
    };
  }
}
