package org.trispike.datasets.teacher;

import com.typesafe.config.Config;
import java.util.Locale;
import java.util.Objects;
import org.trispike.datasets.ConfigWords;
import org.trispike.datasets.UserError;
import org.trispike.datasets.row.Precision;

/**
 * The group {@code teacher} of the configuration.
 *
 * @param kind which teacher
 * @param precision how its vectors are stored
 * @param names a text file with one name a line, for {@code precomputed}; "" for none
 * @param vectors a .npy file [names, dimension] beside it
 * @param image how the image tower of {@code embedded} is tuned
 */
public record TeacherConfig(
    Kind kind, Precision precision, String names, String vectors, ImageTowerConfig image) {

  /** The teachers that there are. */
  public enum Kind {
    EMBEDDED,
    PRECOMPUTED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public TeacherConfig {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(precision);
    Objects.requireNonNull(image);
    if (names.isEmpty() != vectors.isEmpty()) {
      throw UserError.usage(
          "teacher.names and teacher.vectors go together, one of them is missing");
    }
  }

  public static TeacherConfig from(Config root) {
    return new TeacherConfig(
        ConfigWords.read(root, "teacher.kind", Kind.class),
        ConfigWords.read(root, "teacher.precision", Precision.class),
        root.getString("teacher.names"),
        root.getString("teacher.vectors"),
        ImageTowerConfig.from(root));
  }
}
