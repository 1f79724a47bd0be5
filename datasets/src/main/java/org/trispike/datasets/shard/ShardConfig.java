package org.trispike.datasets.shard;

import com.typesafe.config.Config;
import java.io.Serializable;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.trispike.datasets.ConfigWords;
import org.trispike.datasets.LimitsConfig;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.geometry.Preprocessing;
import org.trispike.datasets.geometry.UpAxis;
import org.trispike.datasets.row.PointLayout;
import org.trispike.datasets.source.Collection;
import org.trispike.datasets.source.Layout;
import org.trispike.datasets.source.SplitRule;

/**
 * What {@link ShardAction} is to do: the group {@code data} of the configuration.
 *
 * @param layout how the collection lies on disk
 * @param triplets the list of shapes, or of what the layout has; "" where it needs none
 * @param root the folder that its paths are relative to
 * @param output the folder for the dataset
 * @param resume whether an unfinished run of the same input is continued
 * @param points sampled from each shape
 * @param upAxis which way is up in the files
 * @param pointLayout how the points are stored
 * @param views rendered of a shape without pictures
 * @param viewSize their width and height in pixels
 * @param eventWindowMicros of events that a moment with boxes gets, before it
 * @param validationFraction the share of rows that validates
 * @param seed keys splits, the order of rows and sampling
 * @param onBadRow what a row that cannot be used does
 * @param maxBadRatio the share of such rows above which nothing is published
 * @param shardRows rows of a shard, at most
 * @param rowGroupBytes the size of a row group
 * @param limits what a file may ask for
 */
public record ShardConfig(
    Layout layout,
    String triplets,
    String root,
    String output,
    boolean resume,
    int points,
    UpAxis upAxis,
    PointLayout pointLayout,
    int views,
    int viewSize,
    long eventWindowMicros,
    double validationFraction,
    long seed,
    OnBadRow onBadRow,
    double maxBadRatio,
    int shardRows,
    long rowGroupBytes,
    Limits limits)
    implements Serializable {
  public ShardConfig {
    Objects.requireNonNull(layout);
    Objects.requireNonNull(triplets);
    Objects.requireNonNull(root);
    Objects.requireNonNull(output);
    Objects.requireNonNull(upAxis);
    Objects.requireNonNull(pointLayout);
    Objects.requireNonNull(onBadRow);
    Objects.requireNonNull(limits);
    check(points > 0, "data.points is positive, not " + points);
    check(views >= 0, "data.views is not negative, but " + views);
    check(viewSize >= 16, "data.view-size is at least 16, not " + viewSize);
    check(eventWindowMicros > 0, "data.event-window-micros is positive, not " + eventWindowMicros);
    check(
        maxBadRatio >= 0 && maxBadRatio <= 1,
        "data.max-bad-ratio is between 0 and 1, not " + maxBadRatio);
    check(shardRows > 0, "data.shard-rows is positive, not " + shardRows);
    check(rowGroupBytes > 0, "data.row-group-bytes is positive, not " + rowGroupBytes);
    var unused = new SplitRule(validationFraction, seed);
  }

  private static void check(boolean ok, String message) {
    if (!ok) {
      throw UserError.usage(message);
    }
  }

  public static ShardConfig from(Config config) {
    Config data = config.getConfig("data");
    Layout layout = ConfigWords.read(config, "data.layout", Layout.class);
    String triplets = data.getString("triplets");
    String root = data.getString("root");
    UpAxis upAxis = ConfigWords.read(config, "data.up-axis", UpAxis.class);
    return new ShardConfig(
        layout,
        triplets,
        root.isEmpty() ? parent(layout, triplets) : root,
        config.getString("run.dir") + "/dataset",
        config.getString("run.resume").equals("auto"),
        data.getInt("points"),
        upAxis == UpAxis.AUTO ? layout.upAxis() : upAxis,
        ConfigWords.read(config, "data.point-layout", PointLayout.class),
        data.getInt("views"),
        data.getInt("view-size"),
        data.getLong("event-window-micros"),
        data.getDouble("validation-fraction"),
        data.getLong("seed"),
        ConfigWords.read(config, "data.on-bad-row", OnBadRow.class),
        data.getDouble("max-bad-ratio"),
        data.getInt("shard-rows"),
        data.getLong("row-group-bytes"),
        LimitsConfig.from(config));
  }

  private static String parent(Layout layout, String file) {
    if (file.isBlank()) {
      throw UserError.usage(
          layout == Layout.LIST
              ? "data.triplets is not set: name the CSV or JSONL file of the shapes"
              : "data.root is not set: name the folder of the collection");
    }
    Path parent = new Path(file).getParent();
    return parent == null || parent.toString().isEmpty() ? "." : parent.toString();
  }

  /** The same rows as clouds that a finished model takes, and without rendered pictures. */
  public ShardConfig forModel(int modelPoints, UpAxis modelUpAxis) {
    return new ShardConfig(
        layout,
        triplets,
        root,
        output,
        resume,
        modelPoints,
        modelUpAxis,
        pointLayout,
        0,
        viewSize,
        eventWindowMicros,
        validationFraction,
        seed,
        onBadRow,
        maxBadRatio,
        shardRows,
        rowGroupBytes,
        limits);
  }

  /** What is read. */
  public Collection collection() {
    return new Collection(layout, triplets, root, new SplitRule(validationFraction, seed), limits);
  }

  /** From a shape to points, as evaluation and prediction do it too. */
  Preprocessing preprocessing() {
    return new Preprocessing(points, upAxis);
  }

  /** The settings that decide the bytes of the shards, by their keys. */
  SortedMap<String, String> settings() {
    SortedMap<String, String> settings = new TreeMap<>();
    settings.put("data.layout", layout.name());
    settings.put("data.points", Integer.toString(points));
    settings.put("data.up-axis", upAxis.name());
    settings.put("data.point-layout", pointLayout.word());
    settings.put("data.views", Integer.toString(views));
    settings.put("data.view-size", Integer.toString(viewSize));
    settings.put("data.event-window-micros", Long.toString(eventWindowMicros));
    settings.put("data.validation-fraction", Double.toString(validationFraction));
    settings.put("data.seed", Long.toString(seed));
    settings.put("data.shard-rows", Integer.toString(shardRows));
    settings.put("data.row-group-bytes", Long.toString(rowGroupBytes));
    settings.put("data.limits", limits.toString());
    return settings;
  }
}
