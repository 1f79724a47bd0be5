package org.trispike.spiking;

import java.util.Objects;

/**
 * The teacher whose space a model shares.
 *
 * @param id identifies its weights
 * @param kind how it is run, such as {@code embedded}
 */
public record TeacherRef(String id, String kind) {
  public TeacherRef {
    Objects.requireNonNull(id, "Id of the teacher");
    Objects.requireNonNull(kind, "Kind of the teacher");
  }
}
