package org.trispike.datasets.row;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a shard's bytes mean, as its footer says it.
 *
 * @param kind of its rows
 * @param points the layout of the points of triplets; other kinds have one layout each
 * @param teacher whose vectors it holds, if any
 */
public record ShardFormat(RowKind<?> kind, PointLayout points, Optional<TeacherInfo> teacher) {
  /** The version of the schema; readers refuse any other. */
  public static final int VERSION = 1;

  private static final String PREFIX = "trispike.";
  private static final String KIND = PREFIX + "kind";
  private static final String LAYOUT = PREFIX + "column.points.layout";

  public ShardFormat {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(points);
    Objects.requireNonNull(teacher);
  }

  /** Of triplets. */
  public ShardFormat(PointLayout points, Optional<TeacherInfo> teacher) {
    this(RowKind.TRIPLET, points, teacher);
  }

  /** Of rows that have no vectors and one layout. */
  public static ShardFormat of(RowKind<?> kind) {
    return new ShardFormat(kind, PointLayout.QUANTISED, Optional.empty());
  }

  /** For the footer. */
  public Map<String, String> metadata() {
    Map<String, String> metadata = new TreeMap<>();
    metadata.put(PREFIX + "schema-version", Integer.toString(VERSION));
    metadata.put(KIND, kind.word());
    if (kind == RowKind.TRIPLET) {
      metadata.put(LAYOUT, points.word());
    }
    teacher.ifPresent(
        t -> {
          metadata.put(PREFIX + "teacher.id", t.id());
          metadata.put(PREFIX + "teacher.kind", t.kind());
          metadata.put(PREFIX + "teacher.dimension", Integer.toString(t.dimension()));
          metadata.put(PREFIX + "teacher.precision", t.precision().word());
        });
    return metadata;
  }

  /**
   * @throws IllegalArgumentException if a footer says what this program does not know
   */
  public static ShardFormat of(Map<String, String> metadata) {
    String version = metadata.get(PREFIX + "schema-version");
    if (!Integer.toString(VERSION).equals(version)) {
      throw new IllegalArgumentException(
          "Schema version is " + version + ", this program reads " + VERSION);
    }
    RowKind<?> kind = RowKind.of(metadata.getOrDefault(KIND, RowKind.TRIPLET.word()));
    if (kind != RowKind.TRIPLET) {
      return of(kind);
    }
    return new ShardFormat(
        PointLayout.of(metadata.get(LAYOUT)),
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
