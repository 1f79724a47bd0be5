package org.trispike.datasets.teacher;

import com.typesafe.config.Config;
import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;
import org.trispike.datasets.ConfigWords;
import org.trispike.datasets.UserError;
import org.trispike.datasets.row.Precision;
import org.trispike.datasets.teacher.onnx.ClipConfig;

/**
 * The group {@code teacher} of the configuration.
 *
 * @param kind which teacher
 * @param precision how its vectors are stored
 * @param names a text file with one name a line, for {@code precomputed}; "" for none
 * @param vectors a .npy file [names, dimension] beside it
 * @param image how the image tower of {@code embedded} is tuned
 * @param clip the files of {@code clip-onnx}, and how they are run
 */
public record TeacherConfig(
    Kind kind,
    Precision precision,
    String names,
    String vectors,
    ImageTowerConfig image,
    ClipConfig clip)
    implements Serializable {

  /** The teachers that there are. */
  public enum Kind {
    EMBEDDED,
    CLIP_ONNX,
    PRECOMPUTED;

    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public TeacherConfig {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(precision);
    Objects.requireNonNull(image);
    Objects.requireNonNull(clip);
    if (names.isEmpty() != vectors.isEmpty()) {
      throw UserError.usage(
          "teacher.names and teacher.vectors go together, one of them is missing");
    }
    if (kind == Kind.CLIP_ONNX) {
      clip.requireFiles();
    }
  }

  public static TeacherConfig from(Config root) {
    return new TeacherConfig(
        ConfigWords.read(root, "teacher.kind", Kind.class),
        ConfigWords.read(root, "teacher.precision", Precision.class),
        root.getString("teacher.names"),
        root.getString("teacher.vectors"),
        ImageTowerConfig.from(root),
        ClipConfig.from(root));
  }

  /** What decides the vectors of this kind of teacher. */
  String identity() {
    String own =
        switch (kind) {
          case EMBEDDED -> image.toString();
          case CLIP_ONNX -> clip.identity();
          case PRECOMPUTED -> names + ", " + vectors;
        };
    return kind.word() + " (" + precision + "): " + own;
  }
}
