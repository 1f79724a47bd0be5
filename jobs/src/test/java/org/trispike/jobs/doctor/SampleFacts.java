package org.trispike.jobs.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.trispike.jobs.build.Build;
import org.trispike.jobs.doctor.JvmFacts.Gpus;
import org.trispike.jobs.doctor.JvmFacts.Java;
import org.trispike.jobs.doctor.JvmFacts.Natives;
import org.trispike.jobs.doctor.JvmFacts.Scratch;
import org.trispike.training.device.ComputeConfig;
import org.trispike.training.device.Device;

/** A healthy cluster of a driver and two executors, any part of which a test may spoil. */
final class SampleFacts {
  static final long GB = 1L << 30;
  static final Java JAVA =
      new Java(
          "17.0.15", 17, 512, 0, "!com.sun.org.apache.xalan.internal.**", "3.5.9", "2.12", 8 * GB);
  static final Natives NATIVES = new Natives("", "1", 4);
  static final Gpus NO_GPUS = new Gpus(List.of(), 0, "");
  static final ComputeConfig CPU = new ComputeConfig(Device.Kind.CPU, ComputeConfig.Fallback.NONE);
  static final ComputeConfig CUDA =
      new ComputeConfig(Device.Kind.CUDA, ComputeConfig.Fallback.NONE);
  static final ComputeConfig CUDA_OR_CPU =
      new ComputeConfig(Device.Kind.CUDA, ComputeConfig.Fallback.CPU);
  static final Demand DEMAND = demand(CPU, 0);
  static final SparkFacts SPARK = spark("", Map.of("executor 1 on a", 0L, "executor 2 on b", 120L));

  Demand demand = DEMAND;
  SparkFacts spark = SPARK;
  JvmFacts driver = jvm("driver");
  final List<JvmFacts> executors =
      new ArrayList<>(List.of(jvm("executor 1 on a"), jvm("executor 2 on b")));
  final List<PlaceFacts> places =
      new ArrayList<>(List.of(written("hdfs:///runs/x", false, false, Optional.of(900 * GB))));

  Facts facts() {
    return new Facts(demand, driver, executors, spark, places);
  }

  /** Spoils the second executor. */
  SampleFacts second(UnaryOperator<JvmFacts> change) {
    executors.set(1, change.apply(executors.get(1)));
    return this;
  }

  static JvmFacts jvm(String place) {
    return jvm(place, JAVA, NATIVES, NO_GPUS);
  }

  static JvmFacts jvm(String place, Java java, Natives natives, Gpus gpus) {
    List<Scratch> scratch = List.of(new Scratch("/tmp", 50 * GB));
    return new JvmFacts(place, 0, java, natives, gpus, scratch, true);
  }

  static Java java(String version, int feature, int bits, String filter) {
    return new Java(version, feature, bits, 0, filter, "3.5.9", "2.12", 8 * GB);
  }

  static Demand demand(ComputeConfig compute, int gpusPerExecutor) {
    Build build = new Build("1.0", "", "3.5.9", "2.12");
    return new Demand(build, compute, false, gpusPerExecutor, 4, 8_000_000, GB / 2, 4, 2 * GB);
  }

  static SparkFacts spark(String problem, Map<String, Long> skews) {
    return new SparkFacts("spark://host:7077", problem, false, 2, 8, skews);
  }

  static PlaceFacts written(String path, boolean bucket, boolean magic, Optional<Long> free) {
    return new PlaceFacts("run.dir", path, true, Optional.empty(), "", bucket, magic, free);
  }

  static PlaceFacts lost(String path, PlaceFault fault, String kind) {
    return new PlaceFacts(
        "run.dir", path, true, Optional.of(fault), kind, false, false, Optional.empty());
  }
}
