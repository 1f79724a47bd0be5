package org.trispike.datasets.teacher;

import java.io.Serializable;
import java.util.List;

/**
 * What tuning the image tower needs of a shape.
 *
 * @param pictures prepared by {@link Pictures#prepare}
 * @param texts its captions, the row's own first
 */
record TuningShape(List<byte[]> pictures, List<String> texts) implements Serializable {
  TuningShape {
    pictures = List.copyOf(pictures);
    texts = List.copyOf(texts);
  }
}
