package org.trispike.jobs;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.Split;
import org.trispike.datasets.row.RowKind;
import org.trispike.datasets.shard.ShardConfig;
import org.trispike.datasets.shard.ShardEstimate;
import org.trispike.datasets.shard.ShardProbe;
import org.trispike.datasets.source.InputTable;

/** What a plan says of the input: its rows, and what they will be as shards, by trying a few. */
final class ShardLines {
  private static final Pattern LOCAL = Pattern.compile("local(?:\\[(\\*|\\d+)(?:,\\d+)?])?");

  private final Config config;
  private final ShardConfig shard;
  private final InputTable table;
  private final ShardEstimate estimate;

  private ShardLines(Config config, ShardConfig shard, InputTable table, ShardEstimate estimate) {
    this.config = config;
    this.shard = shard;
    this.table = table;
    this.estimate = estimate;
  }

  static List<String> of(Configuration hadoop, Config config) {
    ShardConfig shard = ShardConfig.from(config);
    InputTable table = shard.collection().read(hadoop);
    ShardEstimate estimate = ShardProbe.estimate(hadoop, shard, table);
    return new ShardLines(config, shard, table, estimate).lines();
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("Input       " + input());
    lines.add("Estimate    " + sample());
    if (estimate.bytesPerRow() == 0) {
      return lines;
    }
    lines.add(indented(shards()));
    lines.add(indented(time()));
    if (shard.layout().kind() == RowKind.TRIPLET) {
      lines.add(indented(window()));
    }
    return lines;
  }

  private static String indented(String line) {
    return " ".repeat(12) + line;
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private String input() {
    long validation = table.rows().stream().filter(r -> r.split() == Split.VALIDATION).count();
    long test = table.rows().stream().filter(row -> row.split() == Split.TEST).count();
    return format(
        "%s: %d %s (%d train, %d validation, %d test), %d rows that cannot be used",
        shard.collection().name(),
        table.rows().size(),
        shard.layout().kind().noun(),
        table.rows().size() - validation - test,
        validation,
        test,
        table.bad().size());
  }

  private String sample() {
    return format("from %d drawn rows, made and thrown away", estimate.sampled())
        + (estimate.bad() == 0
            ? ""
            : format("; %d cannot be used, as %s", estimate.bad(), estimate.fault()));
  }

  private String shards() {
    return format(
        "%d shards of at most %d rows, %.1f MB (%.1f kB a row), %d row groups of %d rows",
        estimate.shards(),
        estimate.largest(),
        estimate.bytes() * 1e-6,
        estimate.bytesPerRow() * 1e-3,
        estimate.rowGroups(),
        estimate.rowsPerGroup());
  }

  private String time() {
    String each = format("%.1f ms a row on one core", estimate.secondsPerRow() * 1e3);
    OptionalInt cores = cores(config.getString("spark.master"));
    if (cores.isEmpty()) {
      return each
          + format(
              ", %.0f core seconds; storage, which was cached, comes on top", estimate.seconds(1));
    }
    int n = cores.getAsInt();
    return each
        + format(
            ": %.0f s on %d cores; storage, which was cached, comes on top",
            estimate.seconds(n), n);
  }

  /** Cores of this machine that a local master takes; none if it is elsewhere. */
  static OptionalInt cores(String master) {
    Matcher local = LOCAL.matcher(master.isEmpty() ? "local[*]" : master);
    if (!local.matches()) {
      return OptionalInt.empty();
    }
    String count = local.group(1) == null ? "1" : local.group(1);
    return OptionalInt.of(
        count.equals("*") ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(count));
  }

  private String window() {
    long rows = Math.min(config.getInt("pretrain.shuffle-rows"), table.rows().size());
    long bytes = rows * shard.points() * shard.pointLayout().bytesPerPoint();
    long cache = config.getLong("pretrain.cache-bytes");
    return format(
        "shuffle window of %d rows: %.0f MB of points in each JVM, vectors on top%s",
        rows,
        bytes * 1e-6,
        bytes <= cache
            ? ""
            : format(
                "; more than pretrain.cache-bytes (%.0f MB): row groups will be read again",
                cache * 1e-6));
  }
}
