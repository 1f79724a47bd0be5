package org.trispike.datasets.shard;

import java.util.EnumSet;
import java.util.Set;

/** What of a row is read; id, source, category, split, view names and texts always are. */
public enum Column {
  POINTS,
  IMAGES,
  IMAGE_EMBEDDINGS,
  TEXT_EMBEDDINGS,
  FILES;

  /** Everything that is there. */
  public static Set<Column> all() {
    return EnumSet.allOf(Column.class);
  }

  /** What pretraining needs: points and embeddings, no pictures. */
  public static Set<Column> forTraining() {
    return EnumSet.of(POINTS, IMAGE_EMBEDDINGS, TEXT_EMBEDDINGS);
  }
}
