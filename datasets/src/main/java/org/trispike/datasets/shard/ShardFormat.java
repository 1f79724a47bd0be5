package org.trispike.datasets.shard;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a shard's bytes mean, as its footer says it.
 *
 * @param points the layout of the points
 * @param teacher whose vectors it holds, if any
 */
public record ShardFormat(PointLayout points, Optional<TeacherInfo> teacher) {
  /** The version of the schema; readers refuse any other. */
  public static final int VERSION = 1;

  private static final String PREFIX = "trispike.";

  public ShardFormat {
    Objects.requireNonNull(points);
    Objects.requireNonNull(teacher);
  }

  Map<String, String> metadata() {
    Map<String, String> metadata = new TreeMap<>();
    metadata.put(PREFIX + "schema-version", Integer.toString(VERSION));
    metadata.put(PREFIX + "column.points.layout", points.word());
    teacher.ifPresent(
        t -> {
          metadata.put(PREFIX + "teacher.id", t.id());
          metadata.put(PREFIX + "teacher.kind", t.kind());
          metadata.put(PREFIX + "teacher.dimension", Integer.toString(t.dimension()));
          metadata.put(PREFIX + "teacher.precision", t.precision().word());
        });
    return metadata;
  }

  static ShardFormat of(Map<String, String> metadata) {
    String version = metadata.get(PREFIX + "schema-version");
    if (!Integer.toString(VERSION).equals(version)) {
      throw new IllegalArgumentException(
          "Schema version is " + version + ", this program reads " + VERSION);
    }
    return new ShardFormat(
        PointLayout.of(metadata.get(PREFIX + "column.points.layout")),
        Optional.ofNullable(metadata.get(PREFIX + "teacher.id"))
            .map(
                id ->
                    new TeacherInfo(
                        id,
                        metadata.get(PREFIX + "teacher.kind"),
                        Integer.parseInt(metadata.get(PREFIX + "teacher.dimension")),
                        Precision.of(metadata.get(PREFIX + "teacher.precision")))));
  }
}
