package org.trispike.training.pretrain;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.trispike.datasets.geometry.PointCloud;
import org.trispike.datasets.row.Caption;
import org.trispike.datasets.row.Column;
import org.trispike.datasets.row.Triplet;
import org.trispike.datasets.shard.DatasetManifest;
import org.trispike.datasets.shard.ShardInfo;
import org.trispike.datasets.shard.ShardReader;
import org.trispike.kernels.Compute;
import org.trispike.kernels.PointBatch;
import org.trispike.kernels.Scope;
import org.trispike.kernels.Tensor;
import org.trispike.spiking.Encoder;
import org.trispike.spiking.Encoders;
import org.trispike.training.device.Device;
import org.trispike.training.device.Devices;
import org.trispike.training.draw.FixedClouds;
import org.trispike.training.graph.EncoderSpecs;

/** Encodes the validation shapes of one shard. */
final class ValidationTask implements FlatMapFunction<ShardInfo, ValidationTask.Row> {
  private static final long serialVersionUID = 1L;
  private static final int BATCH = 16;

  private final String dataset;
  private final SerializableConfiguration hadoop;
  private final java.util.LinkedHashMap<String, Object> spec;
  private final Broadcast<float[]> parameters;
  private final int points;
  private final Device.Kind device;
  private final int threads;

  /**
   * One shape.
   *
   * @param vector z, the encoder's output
   * @param caption the teacher's vector of its category's name or, without one, its first text
   * @param text of its first own text or, without one, its category's name
   * @param image of its first picture
   */
  @SuppressWarnings("ArrayRecordComponent") // passed from task to driver
  record Row(float[] vector, float[] caption, float[] text, float[] image)
      implements Serializable {}

  ValidationTask(
      String dataset,
      SerializableConfiguration hadoop,
      Encoder encoder,
      Broadcast<float[]> parameters,
      int points,
      Device.Kind device,
      int threads) {
    this.dataset = dataset;
    this.hadoop = hadoop;
    this.spec = new java.util.LinkedHashMap<>(EncoderSpecs.toMap(encoder.spec()));
    this.parameters = parameters;
    this.points = points;
    this.device = device;
    this.threads = threads;
  }

  @Override
  public Iterator<Row> call(ShardInfo shard) {
    Encoder encoder = Encoders.create(EncoderSpecs.of(spec));
    List<Row> rows = new ArrayList<>();
    try (Compute compute = Devices.open(Devices.ofTask(device), threads);
        Scope scope = new Scope(compute);
        ShardReader<Triplet> reader =
            ShardReader.open(
                hadoop.value(), DatasetManifest.path(dataset, shard), Column.forTraining())) {
      Tensor flat = scope.of(parameters.value(), encoder.layout().size());
      List<Triplet> batch = new ArrayList<>();
      for (Iterator<Triplet> all = reader.iterator(); all.hasNext(); ) {
        batch.add(all.next());
        if (batch.size() == BATCH || !all.hasNext()) {
          encode(encoder, compute, flat, batch, rows);
          batch.clear();
        }
      }
    }
    return rows.iterator();
  }

  private void encode(
      Encoder encoder, Compute compute, Tensor flat, List<Triplet> batch, List<Row> rows) {
    int width = encoder.spec().outputWidth();
    float[] vectors = new float[batch.size() * width];
    try (Scope scope = new Scope(compute)) {
      Tensor output = encoder.forward(scope, flat, points(batch), false).output();
      compute.download(output, vectors, 0);
    }
    for (int i = 0; i < batch.size(); i++) {
      Triplet triplet = batch.get(i);
      float[] category = vector(triplet, true);
      float[] text = vector(triplet, false);
      rows.add(
          new Row(
              java.util.Arrays.copyOfRange(vectors, i * width, (i + 1) * width),
              category == null ? text : category,
              text == null ? category : text,
              triplet.imageEmbeddings().isEmpty() ? null : triplet.imageEmbeddings().get(0)));
    }
  }

  private PointBatch points(List<Triplet> batch) {
    List<PointCloud> clouds =
        batch.stream().map(t -> FixedClouds.subset(t.points(), points, t.id())).toList();
    return PointBatch.of(
        clouds.stream().map(PointCloud::xyz).toList(),
        clouds.stream().map(PointCloud::rgb).toList());
  }

  private static float[] vector(Triplet triplet, boolean category) {
    for (int i = 0; i < triplet.textEmbeddings().size(); i++) {
      if (triplet.texts().get(i).source().equals(Caption.CATEGORY) == category) {
        return triplet.textEmbeddings().get(i);
      }
    }
    return null;
  }
}
