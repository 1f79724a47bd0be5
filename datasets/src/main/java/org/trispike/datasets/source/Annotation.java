package org.trispike.datasets.source;

import java.io.Serializable;

/** What a collection says of a row apart from its files and its category. */
public interface Annotation extends Serializable {
  /** Nothing. */
  Annotation NONE = new Nothing();

  /** Whether the row is a part of its file, which other rows share. */
  default boolean part() {
    return false;
  }

  /** The annotation of rows that have none. */
  record Nothing() implements Annotation {}
}
