package org.trispike.training.evaluate;

import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.teacher.Teacher;
import org.trispike.datasets.teacher.TeacherConfig;
import org.trispike.datasets.teacher.TeacherConfig.Kind;
import org.trispike.datasets.teacher.Teachers;
import org.trispike.datasets.teacher.TextSide;

/**
 * Where the teacher of a model is to be had, if it is: on the driver and on executors alike.
 *
 * @param kind as the model names it, or "" if it names none
 * @param folder of the whole teacher, or "" if it lies nowhere near
 * @param config how it is run and, for {@code clip-onnx}, maybe of which files it consists
 */
record ModelTeacher(String kind, String folder, TeacherConfig config) implements Serializable {
  ModelTeacher {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(folder);
    Objects.requireNonNull(config);
  }

  boolean is(Kind other) {
    return kind.equals(other.word());
  }

  /** Whether it makes vectors of texts that it never saw. */
  boolean embeds() {
    return is(Kind.EMBEDDED) || looks();
  }

  /** Whether it makes vectors of pictures. */
  boolean looks() {
    return configured() || !folder.isEmpty() && !is(Kind.PRECOMPUTED);
  }

  /** Whether the settings name all its files. */
  private boolean configured() {
    return is(Kind.CLIP_ONNX) && config.kind() == Kind.CLIP_ONNX;
  }

  /** The whole teacher. */
  Optional<Teacher> open(Configuration conf) {
    if (!folder.isEmpty()) {
      return Optional.of(Teachers.open(conf, folder, config));
    }
    return configured() ? Optional.of(Teachers.configured(conf, config)) : Optional.empty();
  }

  /** Its text side, which for {@code embedded} is there without the rest. */
  Optional<TextSide> texts(Configuration conf) {
    return is(Kind.EMBEDDED) ? Optional.of(TextSide.embedded()) : open(conf).map(TextSide::of);
  }
}
