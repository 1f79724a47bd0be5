package org.trispike.jobs.doctor;

import com.typesafe.config.Config;
import java.util.Objects;
import org.apache.spark.SparkConf;
import org.trispike.jobs.build.Build;
import org.trispike.spiking.EncoderSpec;
import org.trispike.spiking.Encoders;
import org.trispike.training.device.ComputeConfig;
import org.trispike.training.device.Device;
import org.trispike.training.device.Devices;
import org.trispike.training.pretrain.PretrainConfig;

/**
 * What a run by this configuration asks of its surroundings.
 *
 * @param clipOnGpu whether the teacher's towers are to run on a GPU
 * @param gpusPerExecutor that Spark is asked for
 * @param weightBytes of the encoder, in single precision
 * @param cacheBytes that one JVM keeps of decoded rows
 * @param checkpoints that lie side by side at most
 * @param datasetBytes of the shards that are still to be made; 0 where nobody can tell
 */
record Demand(
    Build build,
    ComputeConfig compute,
    boolean clipOnGpu,
    int gpusPerExecutor,
    int replicas,
    long weightBytes,
    long cacheBytes,
    int checkpoints,
    long datasetBytes) {
  /** Weights, two moments of Adam, the moving average, and the model beside it. */
  private static final int CHECKPOINT_COPIES = 5;

  /** Of a teacher's vectors, where its dataset is still to come. */
  private static final int USUAL_WIDTH = 512;

  Demand {
    Objects.requireNonNull(build);
    Objects.requireNonNull(compute);
  }

  static Demand of(Config config, SparkConf spark, long datasetBytes) {
    PretrainConfig pretrain = PretrainConfig.from(config);
    return new Demand(
        Build.load(),
        pretrain.compute(),
        config.getString("teacher.kind").equals("clip-onnx")
            && config.getString("teacher.clip.execution").equals("cuda"),
        spark.getInt("spark.executor.resource." + Devices.RESOURCE + ".amount", 0),
        pretrain.replication().replicas(),
        weightBytes(pretrain.encoder()),
        pretrain.cacheBytes(),
        // The best one stays as well, and a new one is whole before an old one goes.
        pretrain.upkeep().keepCheckpoints() + 2,
        datasetBytes);
  }

  private static long weightBytes(EncoderSpec encoder) {
    EncoderSpec whole = encoder.outputWidth() == 0 ? encoder.withOutputWidth(USUAL_WIDTH) : encoder;
    return (long) Float.BYTES * Encoders.create(whole).layout().size();
  }

  boolean gpus() {
    return compute.device() == Device.Kind.CUDA || clipOnGpu || gpusPerExecutor > 0;
  }

  /** What the run folder is going to take: shards without and with vectors, and checkpoints. */
  long storedBytes() {
    return 2 * datasetBytes + (long) checkpoints * CHECKPOINT_COPIES * weightBytes;
  }
}
