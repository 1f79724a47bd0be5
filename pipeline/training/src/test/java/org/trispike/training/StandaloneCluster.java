package org.trispike.training;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * Spark's master and workers, each a process of its own that is started by hand, on addresses of
 * this machine alone. Workers have different ones, since Spark speculates on other hosts only.
 */
public final class StandaloneCluster implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final long START_MILLIS = 60_000;

  private final Path folder;
  private final Path home;
  private final String classPath;
  private final List<String> options;
  private final int port;
  private final Process master;
  private final List<Process> workers = new ArrayList<>();

  private StandaloneCluster(Path folder, Path home, String classPath, List<String> options)
      throws IOException {
    this.folder = Files.createDirectories(folder);
    this.home = home;
    this.classPath = classPath;
    this.options = options;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    master = spark("master", "master.Master", "--host", HOST, "--port", Integer.toString(port));
  }

  /**
   * One whose processes, and the executors of {@link #application}, have the class path of this
   * one.
   *
   * @param folder for logs and the workers' files
   * @param workers each has one core
   */
  public static StandaloneCluster start(Path folder, int workers)
      throws IOException, InterruptedException {
    // What the build says is SPARK_HOME may be empty.
    Path home = Path.of(System.getenv("SPARK_HOME"));
    Files.createDirectories(home.resolve("jars"));
    return new StandaloneCluster(folder, home, ChildJvm.classPath(), List.of()).with(workers);
  }

  /**
   * One of a Spark distribution.
   *
   * @param properties a file of Spark's settings
   */
  public static StandaloneCluster of(Path home, Path folder, int workers, Path properties)
      throws IOException, InterruptedException {
    List<String> options = List.of("--properties-file", properties.toString());
    return new StandaloneCluster(folder, home, home + "/jars/*", options).with(workers);
  }

  private StandaloneCluster with(int count) throws IOException, InterruptedException {
    await();
    for (int i = 0; i < count; i++) {
      addWorker();
    }
    return this;
  }

  private Process spark(String name, String main, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));
    all.add("org.apache.spark.deploy." + main);
    all.addAll(List.of("--webui-port", "0"));
    all.addAll(options);
    all.addAll(List.of(arguments));
    ProcessBuilder builder = ChildJvm.of(classPath, all);
    builder.environment().put("SPARK_HOME", home.toString());
    return builder
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(name + ".log").toFile())
        .start();
  }

  private void await() throws IOException, InterruptedException {
    long end = System.currentTimeMillis() + START_MILLIS;
    while (master.isAlive() && System.currentTimeMillis() < end) {
      try (Socket answers = new Socket(HOST, port)) {
        return;
      } catch (IOException e) {
        Thread.sleep(100);
      }
    }
    close();
    throw new IOException("No master: " + Files.readString(folder.resolve("master.log")));
  }

  /** One more, which an application that waits for cores gets an executor on. */
  public void addWorker() throws IOException {
    int number = workers.size() + 1;
    String name = "worker-" + number;
    List<String> arguments = new ArrayList<>(List.of("--host", "127.0.0." + number));
    arguments.addAll(List.of("--cores", "1", "--memory", "1g"));
    arguments.addAll(List.of("--work-dir", folder.resolve(name).toString(), url()));
    workers.add(spark(name, "worker.Worker", arguments.toArray(String[]::new)));
  }

  public String url() {
    return "spark://" + HOST + ":" + port;
  }

  /** An application that trains, with an executor on each worker from its first job on. */
  public SparkSession.Builder application() {
    return SparkSession.builder()
        .master(url())
        .appName("trispike")
        .config("spark.ui.enabled", false)
        .config("spark.plugins", "org.trispike.training.observe.TrispikePlugin")
        .config("spark.driver.host", HOST)
        .config("spark.executor.memory", "1g")
        .config("spark.cores.max", workers.size())
        .config("spark.scheduler.minRegisteredResourcesRatio", 1.0)
        .config("spark.scheduler.maxRegisteredResourcesWaitingTime", "120s")
        .config(
            "spark.executor.extraJavaOptions",
            "--add-modules=jdk.incubator.vector -XX:+UseSerialGC -XX:TieredStopAtLevel=1")
        .config("spark.executor.extraClassPath", classPath);
  }

  /** Kills what runs on a worker's address as {@code kill -9} does; whether there was any. */
  public boolean killExecutor(String host) {
    int worker = Integer.parseInt(host.substring(host.lastIndexOf('.') + 1)) - 1;
    return executors(workers.get(worker))
        .map(ProcessHandle::destroyForcibly)
        .toList()
        .contains(true);
  }

  private static Stream<ProcessHandle> executors(Process worker) {
    return worker.descendants().filter(p -> p.info().command().orElse("").endsWith("java"));
  }

  @Override
  public void close() {
    // Those whose workers are gone would go on until they notice.
    List<ProcessHandle> executors = workers.stream().flatMap(StandaloneCluster::executors).toList();
    workers.forEach(Process::destroyForcibly);
    executors.forEach(ProcessHandle::destroyForcibly);
    master.destroyForcibly();
  }
}
