package org.trispike.training.pretrain;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.trispike.datasets.Split;
import org.trispike.datasets.shard.DatasetManifest;
import org.trispike.datasets.shard.ShardInfo;
import org.trispike.spiking.Alignment;
import org.trispike.training.checkpoint.Checkpoint;
import org.trispike.training.device.Device;

/** Measures a model on the validation split: captions and pictures are looked for by cosine. */
final class Validator {
  private final JavaSparkContext spark;
  private final Configuration hadoop;
  private final PretrainConfig config;
  private final Device.Kind device;
  private final List<ShardInfo> shards = new ArrayList<>();

  Validator(
      JavaSparkContext spark,
      Configuration hadoop,
      PretrainConfig config,
      DatasetManifest manifest,
      Device.Kind device) {
    this.spark = spark;
    this.hadoop = hadoop;
    this.config = config;
    this.device = device;
    long rows = 0;
    for (ShardInfo shard : manifest.shards(Split.VALIDATION)) {
      if (rows < config.upkeep().validationShapes()) {
        shards.add(shard);
        rows += shard.rows();
      }
    }
  }

  /** None if there is no validation split. */
  Optional<Validation> measure(Checkpoint model) {
    if (shards.isEmpty()) {
      return Optional.empty();
    }
    Broadcast<float[]> parameters = spark.broadcast(model.encoderParameters());
    try {
      ValidationTask task =
          new ValidationTask(
              config.dataset(),
              new SerializableConfiguration(hadoop),
              model.encoder(),
              parameters,
              config.draw().measuredPoints(),
              device,
              config.replication().threads());
      List<ValidationTask.Row> rows =
          spark.parallelize(shards, shards.size()).flatMap(task).collect();
      int count = Math.min(rows.size(), config.upkeep().validationShapes());
      return Optional.of(measure(rows.subList(0, count), model.alignment()));
    } finally {
      parameters.destroy();
    }
  }

  static Validation measure(List<ValidationTask.Row> rows, Alignment alignment) {
    double[] captions = captions(rows, alignment);
    List<float[]> texts = new ArrayList<>();
    List<float[]> images = new ArrayList<>();
    for (ValidationTask.Row row : rows) {
      texts.add(row.text() == null ? null : alignment.classVector(row.text()));
      images.add(row.image() == null ? null : alignment.imageVector(row.image()));
    }
    double[] text = recalls(rows, texts);
    double[] image = recalls(rows, images);
    return new Validation(rows.size(), captions[0], captions[1], text[1], image[0], image[1]);
  }

  /** Zero-shot accuracy, first and among five, over the distinct captions of the rows. */
  private static double[] captions(List<ValidationTask.Row> rows, Alignment alignment) {
    Map<FloatBuffer, Integer> places = new LinkedHashMap<>();
    List<float[]> classes = new ArrayList<>();
    for (ValidationTask.Row row : rows) {
      if (row.caption() != null
          && places.putIfAbsent(FloatBuffer.wrap(row.caption()), classes.size()) == null) {
        classes.add(alignment.classVector(row.caption()));
      }
    }
    double[] hits = new double[2];
    int counted = 0;
    for (ValidationTask.Row row : rows) {
      if (row.caption() != null) {
        counted++;
        count(row, places.get(FloatBuffer.wrap(row.caption())), classes, hits);
      }
    }
    return shares(hits, counted);
  }

  /** Recall at 1 and at 5 of each row's own vector among those of all rows. */
  private static double[] recalls(List<ValidationTask.Row> rows, List<float[]> vectors) {
    double[] hits = new double[2];
    int counted = 0;
    for (int i = 0; i < rows.size(); i++) {
      if (vectors.get(i) != null) {
        counted++;
        count(rows.get(i), i, vectors, hits);
      }
    }
    return shares(hits, counted);
  }

  private static void count(ValidationTask.Row row, int own, List<float[]> vectors, double[] hits) {
    double mine = dot(row.vector(), vectors.get(own));
    // Ties of different vectors count against the row, and so does NaN: a dead encoder finds
    // nothing.
    int better = 0;
    for (float[] other : vectors) {
      boolean same = other == null || Arrays.equals(other, vectors.get(own));
      better += same || dot(row.vector(), other) < mine ? 0 : 1;
    }
    hits[0] += better < 1 ? 1 : 0;
    hits[1] += better < 5 ? 1 : 0;
  }

  private static double[] shares(double[] hits, int counted) {
    return counted == 0
        ? new double[] {Double.NaN, Double.NaN}
        : new double[] {hits[0] / counted, hits[1] / counted};
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
