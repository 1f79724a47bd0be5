package org.trispike.jobs.doctor;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.resource.ResourceInformation;
import org.apache.spark.util.SerializableConfiguration;
import org.nd4j.linalg.factory.Nd4j;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.jobs.doctor.JvmFacts.Gpus;
import org.trispike.jobs.doctor.JvmFacts.Java;
import org.trispike.jobs.doctor.JvmFacts.Natives;
import org.trispike.jobs.doctor.JvmFacts.Scratch;
import org.trispike.kernels.cpu.VectorSupport;
import org.trispike.training.device.Devices;

/** Asks a JVM about itself: the driver's directly, an executor's by a task. */
final class JvmProbe implements Function<Integer, JvmFacts> {
  private static final long serialVersionUID = 1;
  private static final Pattern DEVICE = Pattern.compile("nvidia\\d+");
  private static final Pattern VERSION = Pattern.compile("\\b\\d+\\.\\d+(\\.\\d+)?\\b");

  private final String written;
  private final SerializableConfiguration hadoop;

  /**
   * @param written a file of the driver's, which the executor should see as well; "" for none
   */
  JvmProbe(String written, Configuration hadoop) {
    this.written = written;
    this.hadoop = new SerializableConfiguration(hadoop);
  }

  @Override
  public JvmFacts call(Integer task) {
    SparkEnv env = SparkEnv.get();
    String place =
        "executor " + env.executorId() + " on " + env.blockManager().blockManagerId().host();
    return facts(place, scratch(env), written.isEmpty() || sees());
  }

  private boolean sees() {
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(written);
    try {
      return ArtefactFolder.fileSystem(hadoop.value(), file).exists(file);
    } catch (IOException e) {
      return false;
    }
  }

  /** The driver's own facts, with Spark or without it. */
  static JvmFacts driver() {
    List<Scratch> scratch =
        Optional.ofNullable(SparkEnv.get()).map(JvmProbe::scratch).orElse(List.of());
    return facts("driver", scratch, true);
  }

  private static JvmFacts facts(String place, List<Scratch> scratch, boolean seesRun) {
    return new JvmFacts(
        place,
        System.currentTimeMillis(),
        java(),
        natives(),
        new Gpus(given(), devices(), driverVersion()),
        scratch,
        seesRun);
  }

  private static Java java() {
    return new Java(
        System.getProperty("java.version"),
        Runtime.version().feature(),
        VectorSupport.bits(),
        pausingTurns(),
        System.getProperty("jdk.serialFilter", ""),
        org.apache.spark.package$.MODULE$.SPARK_VERSION(),
        scala.util.Properties.versionNumberString().replaceFirst("\\.\\d+$", ""),
        Runtime.getRuntime().maxMemory());
  }

  private static long pausingTurns() {
    try {
      return Long.parseLong(
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
              .getVMOption("LoopStripMiningIter")
              .getValue());
    } catch (IllegalArgumentException | NullPointerException e) {
      return 0; // another JVM than HotSpot
    }
  }

  private static Natives natives() {
    String problem = "";
    try {
      var unused = Nd4j.getBackend();
    } catch (RuntimeException | LinkageError e) {
      problem = e.toString();
    }
    String threads = System.getenv("OMP_NUM_THREADS");
    return new Natives(
        problem, threads == null ? "" : threads, Runtime.getRuntime().availableProcessors());
  }

  private static List<Scratch> scratch(SparkEnv env) {
    List<Scratch> folders = new ArrayList<>();
    for (File folder : env.blockManager().diskBlockManager().localDirs()) {
      folders.add(new Scratch(folder.getParent(), folder.getUsableSpace()));
    }
    return folders;
  }

  private static List<String> given() {
    return Optional.ofNullable(TaskContext.get())
        .map(task -> task.resourcesJMap().get(Devices.RESOURCE))
        .map(ResourceInformation::addresses)
        .map(List::of)
        .orElse(List.of());
  }

  /** By the files that the kernel shows, so that no program has to be run for it. */
  private static int devices() {
    try (Stream<Path> files = Files.list(Path.of("/dev"))) {
      return (int)
          files.filter(file -> DEVICE.matcher(file.getFileName().toString()).matches()).count();
    } catch (IOException e) {
      return 0;
    }
  }

  private static String driverVersion() {
    try {
      Matcher version = VERSION.matcher(Files.readString(Path.of("/proc/driver/nvidia/version")));
      return version.find() ? version.group() : "";
    } catch (IOException e) {
      return "";
    }
  }
}
