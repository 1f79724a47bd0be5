package org.trispike.datasets.shard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.util.SerializableConfiguration;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.Images;
import org.trispike.datasets.geometry.PointCloud;

/**
 * What an executor does: reads all of a shard, its SHA-256 first, then every page and every row.
 */
final class VerifyTask implements Function<ShardInfo, ShardCheck> {
  private static final long serialVersionUID = 1;

  /** float16 keeps the length of a vector to about this. */
  private static final double LENGTH_ERROR = 2e-3;

  private final String dataset;
  private final PointLayout points;
  private final TeacherInfo teacher;
  private final SerializableConfiguration hadoop;

  VerifyTask(String dataset, DatasetManifest manifest, Configuration hadoop) {
    this.dataset = dataset;
    this.points = manifest.points();
    this.teacher = manifest.teacher().orElse(null);
    this.hadoop = new SerializableConfiguration(hadoop);
  }

  @Override
  public ShardCheck call(ShardInfo shard) {
    Configuration conf = hadoop.value();
    Path path = DatasetManifest.path(dataset, shard);
    try {
      DatasetManifest.verify(conf, path, shard);
      try (ShardReader reader = ShardReader.open(conf, path, Column.all())) {
        return check(shard, reader);
      }
    } catch (UserError e) {
      if (e.kind() != UserError.Kind.DATA) {
        throw e;
      }
      return ShardCheck.broken(shard.path(), e.getMessage());
    }
  }

  private ShardCheck check(ShardInfo shard, ShardReader reader) {
    Counts counts = new Counts(shard.path());
    ShardFormat format = reader.format();
    counts.check(
        format.points() == points, "its points are %s, the manifest's %s", format.points(), points);
    counts.check(
        format.teacher().equals(Optional.ofNullable(teacher)),
        "its vectors are of %s, the manifest's of %s",
        format.teacher(),
        Optional.ofNullable(teacher));
    List<Integer> groups = new ArrayList<>();
    for (int g = 0; g < reader.rowGroups(); g++) {
      groups.add(reader.rows(g));
    }
    counts.check(
        groups.equals(shard.rowGroups()),
        "its row groups are %s, the manifest's %s",
        groups,
        shard.rowGroups());
    for (Triplet row : reader) {
      counts.add(row, shard);
    }
    counts.check(
        counts.rows == shard.rows(),
        "it has %s rows, the manifest says %s",
        counts.rows,
        shard.rows());
    return counts.result();
  }

  /** Adds rows up, and keeps the first thing that is wrong. */
  private final class Counts {
    private final String path;
    private long rows;
    private long points;
    private long images;
    private long texts;
    private long vectors;
    private String fault = "";

    Counts(String path) {
      this.path = path;
    }

    void add(Triplet row, ShardInfo shard) {
      rows++;
      points += row.points().points();
      images += row.images().size();
      texts += row.texts().size();
      vectors += row.imageEmbeddings().size() + row.textEmbeddings().size();
      check(row.split() == shard.split(), "row '%s' is of the split %s", row.id(), row.split());
      check(inside(row.points()), "row '%s' has points beyond the unit sphere", row.id());
      for (EncodedImage image : row.images()) {
        check(
            Images.isPicture(image.bytes()),
            "picture %s of row '%s' is neither PNG nor JPEG",
            image.view(),
            row.id());
      }
      boolean each =
          row.textEmbeddings().isEmpty() || row.textEmbeddings().size() == row.texts().size();
      check(each, "row '%s' has not one vector a text", row.id());
      for (float[] vector : row.imageEmbeddings()) {
        check(unit(vector), "row '%s' has a picture's vector that is not of length one", row.id());
      }
      for (float[] vector : row.textEmbeddings()) {
        check(unit(vector), "row '%s' has a text's vector that is not of length one", row.id());
      }
    }

    void check(boolean ok, String what, Object... values) {
      if (!ok && fault.isEmpty()) {
        fault = path + ": " + String.format(java.util.Locale.ROOT, what, values);
      }
    }

    ShardCheck result() {
      return new ShardCheck(path, rows, points, images, texts, vectors, fault);
    }
  }

  private static boolean inside(PointCloud cloud) {
    for (float value : cloud.xyz()) {
      if (!(Math.abs(value) <= 1.001f)) {
        return false;
      }
    }
    return true;
  }

  private static boolean unit(float[] vector) {
    double square = 0;
    for (float value : vector) {
      square += (double) value * value;
    }
    return Math.abs(Math.sqrt(square) - 1) <= LENGTH_ERROR;
  }
}
