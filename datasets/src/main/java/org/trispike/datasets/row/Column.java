package org.trispike.datasets.row;

import java.util.EnumSet;
import java.util.Set;

/** What of a row is read; what is small, such as ids, texts and boxes, always is. */
public enum Column {
  /** Points or events. */
  POINTS,
  /** Pictures. */
  IMAGES,
  /** The vectors of pictures. */
  IMAGE_EMBEDDINGS,
  /** The vectors of texts. */
  TEXT_EMBEDDINGS,
  /** The files that rows were made from. */
  FILES;

  /** Everything that is there. */
  public static Set<Column> all() {
    return EnumSet.allOf(Column.class);
  }

  /** What pretraining needs: points and embeddings, no pictures. */
  public static Set<Column> forTraining() {
    return EnumSet.of(POINTS, IMAGE_EMBEDDINGS, TEXT_EMBEDDINGS);
  }

  /** The teacher's vectors alone. */
  public static Set<Column> vectors() {
    return EnumSet.of(IMAGE_EMBEDDINGS, TEXT_EMBEDDINGS);
  }
}
