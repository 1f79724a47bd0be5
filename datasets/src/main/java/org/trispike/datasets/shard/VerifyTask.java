package org.trispike.datasets.shard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.util.SerializableConfiguration;
import org.trispike.datasets.UserError;
import org.trispike.datasets.row.Column;
import org.trispike.datasets.row.Row;
import org.trispike.datasets.row.RowFindings;
import org.trispike.datasets.row.RowKind;
import org.trispike.datasets.row.ShardFormat;

/**
 * What an executor does: reads all of a shard, its SHA-256 first, then every page and every row.
 */
final class VerifyTask implements Function<ShardInfo, ShardCheck> {
  private static final long serialVersionUID = 1;

  private final String dataset;
  private final TreeMap<String, String> format;
  private final SerializableConfiguration hadoop;

  VerifyTask(String dataset, DatasetManifest manifest, Configuration hadoop) {
    this.dataset = dataset;
    this.format = new TreeMap<>(manifest.format().metadata());
    this.hadoop = new SerializableConfiguration(hadoop);
  }

  @Override
  public ShardCheck call(ShardInfo shard) {
    Configuration conf = hadoop.value();
    Path path = DatasetManifest.path(dataset, shard);
    try {
      DatasetManifest.verify(conf, path, shard);
      return read(shard, path, ShardFormat.of(format).kind());
    } catch (UserError e) {
      if (e.kind() != UserError.Kind.DATA) {
        throw e;
      }
      return ShardCheck.broken(shard.path(), e.getMessage());
    }
  }

  private <R extends Row> ShardCheck read(ShardInfo shard, Path path, RowKind<R> kind) {
    try (ShardReader<R> reader = ShardReader.open(hadoop.value(), path, kind, Column.all())) {
      Findings findings = new Findings(shard.path());
      ShardFormat expected = ShardFormat.of(format);
      findings.check(
          reader.format().equals(expected),
          "its format is %s, the manifest's %s",
          reader.format().metadata(),
          format);
      List<Integer> groups = new ArrayList<>();
      for (int g = 0; g < reader.rowGroups(); g++) {
        groups.add(reader.rows(g));
      }
      findings.check(
          groups.equals(shard.rowGroups()),
          "its row groups are %s, the manifest's %s",
          groups,
          shard.rowGroups());
      long rows = 0;
      for (R row : reader) {
        rows++;
        findings.check(
            row.split() == shard.split(), "row '%s' is of the split %s", row.id(), row.split());
        kind.check(row, findings);
      }
      findings.check(
          rows == shard.rows(), "it has %s rows, the manifest says %s", rows, shard.rows());
      return new ShardCheck(shard.path(), rows, findings.counts, findings.fault);
    }
  }

  /** Adds counts up, and keeps the first thing that is wrong. */
  private static final class Findings implements RowFindings {
    private final String path;
    private final TreeMap<String, Long> counts = new TreeMap<>();
    private String fault = "";

    Findings(String path) {
      this.path = path;
    }

    @Override
    public void count(String what, long count) {
      counts.merge(what, count, Long::sum);
    }

    @Override
    public void check(boolean right, String wrong, Object... values) {
      if (!right && fault.isEmpty()) {
        fault = path + ": " + String.format(Locale.ROOT, wrong, values);
      }
    }
  }
}
