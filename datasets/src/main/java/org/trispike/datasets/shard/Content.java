package org.trispike.datasets.shard;

import java.util.List;
import java.util.Objects;
import org.trispike.datasets.geometry.Shape;
import org.trispike.datasets.row.Caption;

/**
 * What the files of a row hold, pictures aside.
 *
 * @param captions each a text
 * @param textVectors a unit vector for each caption, or empty
 * @param imageVectors unit vectors of pictures, or empty
 */
record Content(
    Shape shape, List<Caption> captions, List<float[]> textVectors, List<float[]> imageVectors) {
  Content {
    Objects.requireNonNull(shape);
    captions = List.copyOf(captions);
    textVectors = List.copyOf(textVectors);
    imageVectors = List.copyOf(imageVectors);
  }
}
