package org.trispike.jobs.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trispike.jobs.doctor.SampleFacts.GB;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.trispike.jobs.doctor.Finding.Level;
import org.trispike.jobs.doctor.JvmFacts.Gpus;
import org.trispike.jobs.doctor.JvmFacts.Natives;
import org.trispike.jobs.doctor.JvmFacts.Scratch;

/** Each check on a healthy cluster and on one of which a part is spoilt. */
final class ChecksTest {
  private final SampleFacts sample = new SampleFacts();

  private Finding worst(Check check) {
    List<Finding> findings = check.of(sample.facts());
    assertThat(findings).allMatch(finding -> finding.check().equals(check.name()));
    return findings.stream().max((a, b) -> a.level().compareTo(b.level())).orElseThrow();
  }

  private static void is(Finding finding, Level level, String... seen) {
    assertThat(finding.level()).as(finding.text()).isEqualTo(level);
    for (String part : seen) {
      assertThat(finding.seen()).contains(part);
    }
  }

  @Test
  void aHealthyClusterIsFoundHealthy() {
    Diagnosis diagnosis = DoctorAction.judge(sample.facts());
    assertThat(diagnosis.findings()).allMatch(finding -> finding.level() == Level.OK);
    assertThat(diagnosis.healthy()).isTrue();
    // Every check but that of buckets has something to say.
    assertThat(diagnosis.findings().stream().map(Finding::check).distinct())
        .hasSize(DoctorAction.checks().size() - 1);
    assertThat(diagnosis.lines())
        .contains("ok    java       driver, executor 1 on a, executor 2 on b: Java 17.0.15")
        .last()
        .asString()
        .endsWith(" ok, 0 warn, 0 fail");
  }

  @Test
  void sparkThatDoesNotStartOrHasTooFewSlots() {
    is(worst(new SparkCheck()), Level.OK, "2 executors, 8 tasks at once");
    sample.demand = SampleFacts.DEMAND;
    sample.spark = new SparkFacts("spark://host:7077", "", false, 2, 2, Map.of());
    is(worst(new SparkCheck()), Level.WARN, "2 tasks at once for 4 replicas");
    assertThat(worst(new SparkCheck()).mend()).contains("--set pretrain.replicas=2");
    sample.spark = new SparkFacts("spark://host:7077", "", false, 3, 8, Map.of());
    is(worst(new SparkCheck()), Level.WARN, "1 more ran none");
    sample.spark = SampleFacts.spark("all masters are unresponsive", Map.of());
    is(worst(new SparkCheck()), Level.FAIL, "all masters are unresponsive");
    assertThat(worst(new SparkCheck()).mend()).contains("spark://host:7077");
  }

  @Test
  void anotherJava() {
    is(worst(new JavaCheck()), Level.OK, "Java 17.0.15");
    sample.second(jvm -> java(jvm, "21.0.2", 21, 512));
    is(worst(new JavaCheck()), Level.WARN, "executor 2 on b: Java 21.0.2");
    sample.second(jvm -> java(jvm, "11.0.9", 11, 512));
    is(worst(new JavaCheck()), Level.FAIL, "executor 2 on b: Java 11.0.9");
    assertThat(worst(new JavaCheck()).mend()).contains("spark.executorEnv.JAVA_HOME");
  }

  private static JvmFacts java(JvmFacts jvm, String version, int feature, int bits) {
    return SampleFacts.jvm(
        jvm.place(),
        SampleFacts.java(version, feature, bits, ""),
        SampleFacts.NATIVES,
        SampleFacts.NO_GPUS);
  }

  @Test
  void noVectorsAndNoFilter() {
    is(worst(new VectorCheck()), Level.OK, "512 bits");
    is(worst(new SerialCheck()), Level.OK, "is filtered");
    sample.second(jvm -> java(jvm, "17.0.15", 17, 0));
    is(worst(new VectorCheck()), Level.WARN, "executor 2 on b: no module jdk.incubator.vector");
    is(worst(new SerialCheck()), Level.WARN, "executor 2 on b: Java serialization is not filtered");
    sample.second(jvm -> java(jvm, "17.0.15", 17, 128));
    is(worst(new VectorCheck()), Level.WARN, "vectors of 128 bits");
  }

  @Test
  void loopsThatPause() {
    JvmFacts.Java java =
        new JvmFacts.Java("17.0.15", 17, 512, 1000, "", "3.5.9", "2.12", SampleFacts.GB);
    sample.second(
        jvm -> SampleFacts.jvm(jvm.place(), java, SampleFacts.NATIVES, SampleFacts.NO_GPUS));
    is(worst(new VectorCheck()), Level.WARN, "executor 2 on b: loops ask every 1000 turns");
    assertThat(worst(new VectorCheck()).mend()).contains("-XX:+UseParallelGC");
  }

  @Test
  void anotherSpark() {
    is(worst(new VersionCheck()), Level.OK, "Spark 3.5.9, Scala 2.12 (built for 3.5.9)");
    sample.driver = spark("3.5.1", "2.12");
    is(worst(new VersionCheck()), Level.OK);
    sample.driver = spark("3.5.9", "2.13");
    is(worst(new VersionCheck()), Level.FAIL, "driver: Spark 3.5.9, Scala 2.13");
    sample.driver = spark("3.4.3", "2.12");
    is(worst(new VersionCheck()), Level.FAIL, "built for Spark 3.5, Scala 2.12");
  }

  private static JvmFacts spark(String version, String scala) {
    JvmFacts.Java java =
        new JvmFacts.Java("17.0.15", 17, 512, 0, "", version, scala, SampleFacts.GB);
    return SampleFacts.jvm("driver", java, SampleFacts.NATIVES, SampleFacts.NO_GPUS);
  }

  @Test
  void librariesThatDoNotLoadAndThreadsInTheWay() {
    is(worst(new NativeCheck()), Level.OK, "1 thread");
    sample.second(jvm -> natives(jvm, new Natives("", "", 4)));
    is(worst(new NativeCheck()), Level.WARN, "OMP_NUM_THREADS is not set");
    sample.second(jvm -> natives(jvm, new Natives("", "", 1)));
    is(worst(new NativeCheck()), Level.OK);
    sample.second(jvm -> natives(jvm, new Natives("UnsatisfiedLinkError: x", "1", 4)));
    is(worst(new NativeCheck()), Level.FAIL, "do not load (UnsatisfiedLinkError: x)");
  }

  private static JvmFacts natives(JvmFacts jvm, Natives natives) {
    return SampleFacts.jvm(jvm.place(), SampleFacts.JAVA, natives, SampleFacts.NO_GPUS);
  }

  @Test
  void gpusThatAreAskedForAndNotThere() {
    is(worst(new GpuCheck()), Level.OK, "none is asked for");
    sample.demand = SampleFacts.demand(SampleFacts.CUDA_OR_CPU, 1);
    is(worst(new GpuCheck()), Level.FAIL, "Spark gave its tasks no GPU");
    gpus(new Gpus(List.of("0"), 2, "535.104.05"));
    is(worst(new GpuCheck()), Level.WARN, "training goes on with the CPU");
    gpus(new Gpus(List.of("0", "1", "2"), 2, "535.104.05"));
    is(worst(new GpuCheck()), Level.FAIL, "addresses 0, 1, 2, but 2 NVIDIA devices");
    sample.demand = SampleFacts.demand(SampleFacts.CUDA, 1);
    gpus(new Gpus(List.of("0"), 2, "535.104.05"));
    is(worst(new GpuCheck()), Level.FAIL, "this build has no kernels for");
    assertThat(worst(new GpuCheck()).mend()).contains("--set compute.fallback=cpu");
    sample.demand = SampleFacts.demand(SampleFacts.CUDA_OR_CPU, 0);
    is(worst(new GpuCheck()), Level.FAIL, "Spark is asked for no GPU");
    assertThat(worst(new GpuCheck()).mend()).contains("spark.executor.resource.gpu.amount=1");
    sample.demand = SampleFacts.demand(SampleFacts.CPU, 1);
    is(worst(new GpuCheck()), Level.OK, "0 of 2 GPUs, driver 535.104.05");
  }

  private void gpus(Gpus gpus) {
    for (int i = 0; i < 2; i++) {
      String place = sample.executors.get(i).place();
      sample.executors.set(i, SampleFacts.jvm(place, SampleFacts.JAVA, SampleFacts.NATIVES, gpus));
    }
  }

  @Test
  void placesOutOfReach() {
    is(worst(new StorageCheck()), Level.OK);
    sample.second(
        jvm ->
            new JvmFacts(
                jvm.place(), 0, jvm.java(), jvm.natives(), jvm.gpus(), jvm.scratch(), false));
    is(worst(new StorageCheck()), Level.FAIL, "executor 2 on b: does not see");
    sample.places.set(
        0, SampleFacts.lost("s3a://b/x", PlaceFault.NO_CREDENTIALS, "AccessDeniedException"));
    is(
        new StorageCheck().of(sample.facts()).get(0),
        Level.FAIL,
        "run.dir = s3a://b/x: no credentials are found for it (AccessDeniedException)");
  }

  @Test
  void aBucketWithoutTheCommitter() {
    assertThat(new CommitterCheck().of(sample.facts())).isEmpty();
    sample.places.set(0, SampleFacts.written("s3a://b/x", true, true, Optional.empty()));
    is(worst(new CommitterCheck()), Level.OK, "magic committer is in force");
    sample.places.set(0, SampleFacts.written("s3a://b/x", true, false, Optional.empty()));
    is(worst(new CommitterCheck()), Level.WARN, "shards are visible before their end");
  }

  @Test
  void disksThatAreNearlyFull() {
    is(worst(new DiskCheck()), Level.OK);
    // Twice 2 GB of shards and 4 checkpoints of 5 times 8 MB.
    assertThat(SampleFacts.DEMAND.storedBytes()).isEqualTo(4 * GB + 160_000_000);
    sample.places.set(0, SampleFacts.written("/runs/x", false, false, Optional.of(5 * GB)));
    is(worst(new DiskCheck()), Level.WARN, "/runs/x: 5369 MB free, about 4455 MB wanted");
    sample.places.set(0, SampleFacts.written("/runs/x", false, false, Optional.of(GB)));
    is(worst(new DiskCheck()), Level.FAIL, "/runs/x: 1074 MB free");
    assertThat(worst(new DiskCheck()).mend()).contains("--set run.dir=DIR");
    sample.places.clear();
    sample.second(
        jvm ->
            new JvmFacts(
                jvm.place(),
                0,
                jvm.java(),
                jvm.natives(),
                jvm.gpus(),
                List.of(new Scratch("/a", 1), new Scratch("/b", 2)),
                true));
    is(worst(new DiskCheck()), Level.FAIL, "executor 2 on b: 0 MB free");
    assertThat(worst(new DiskCheck()).mend()).contains("spark.local.dir");
  }

  @Test
  void heapsThatAreTooSmall() {
    // Four slots each: the cache, and 3 + 4 · 6 copies of 8 MB.
    is(worst(new MemoryCheck()), Level.OK);
    sample.second(jvm -> heap(jvm, GB));
    is(worst(new MemoryCheck()), Level.WARN, "1074 MB, 753 MB of it for 4 replicas and the cache");
    sample.second(jvm -> heap(jvm, GB / 2));
    is(worst(new MemoryCheck()), Level.FAIL, "executor 2 on b: a heap of 537 MB");
    sample.executors.clear();
    sample.spark = new SparkFacts("local[2]", "", true, 0, 2, Map.of());
    sample.driver = heap(sample.driver, GB / 2);
    is(worst(new MemoryCheck()), Level.FAIL, "driver: a heap of 537 MB");
    assertThat(worst(new MemoryCheck()).mend()).startsWith("TRISPIKE_HEAP=2g, or ask for less");
  }

  private static JvmFacts heap(JvmFacts jvm, long bytes) {
    JvmFacts.Java java = new JvmFacts.Java("17.0.15", 17, 512, 0, "", "3.5.9", "2.12", bytes);
    return SampleFacts.jvm(jvm.place(), java, SampleFacts.NATIVES, SampleFacts.NO_GPUS);
  }

  @Test
  void clocksThatDisagree() {
    is(worst(new ClockCheck()), Level.OK);
    sample.spark = SampleFacts.spark("", Map.of("executor 1 on a", -3_000L));
    is(worst(new ClockCheck()), Level.WARN, "executor 1 on a: its clock is 3.0 s behind");
    sample.spark = SampleFacts.spark("", Map.of("executor 1 on a", 3_600_000L));
    is(worst(new ClockCheck()), Level.FAIL, "3600.0 s ahead of the driver's");
  }

  @Test
  void aClockIsOffByWhatTheJobCannotExplain() {
    assertThat(Executors.skew(150, 100, 200)).isZero();
    assertThat(Executors.skew(90, 100, 200)).isEqualTo(-10);
    assertThat(Executors.skew(260, 100, 200)).isEqualTo(60);
  }
}
