package org.trispike.datasets.row;

import java.io.Serializable;
import java.util.Objects;

/**
 * Whose vectors a dataset holds.
 *
 * @param id changes whenever the vectors would
 * @param kind the word of the configuration, e.g. {@code embedded}
 * @param dimension numbers in a vector
 * @param precision how they are stored
 */
public record TeacherInfo(String id, String kind, int dimension, Precision precision)
    implements Serializable {
  public TeacherInfo {
    Objects.requireNonNull(id);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(precision);
    if (dimension < 1) {
      throw new IllegalArgumentException("A teacher's dimension is positive, not " + dimension);
    }
  }
}
