package org.trispike.training;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * Spark's master and workers, each a process of its own that is started by hand from this class
 * path, on addresses of this machine alone. Workers have different ones, since Spark speculates on
 * other hosts only.
 */
public final class StandaloneCluster implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final long START_MILLIS = 60_000;

  private final Path folder;
  private final int port;
  private final Process master;
  private final List<Process> workers = new ArrayList<>();

  private StandaloneCluster(Path folder, int port, Process master) {
    this.folder = folder;
    this.port = port;
    this.master = master;
  }

  /**
   * @param folder for logs and the workers' files
   * @param workers each has one core
   */
  public static StandaloneCluster start(Path folder, int workers)
      throws IOException, InterruptedException {
    // What the build says is SPARK_HOME may be empty.
    Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Files.createDirectories(folder);
    Process master =
        spark(
            folder.resolve("master.log"),
            "org.apache.spark.deploy.master.Master",
            List.of("--host", HOST, "--port", Integer.toString(port), "--webui-port", "0"));
    StandaloneCluster cluster = new StandaloneCluster(folder, port, master);
    cluster.await();
    for (int i = 0; i < workers; i++) {
      cluster.addWorker();
    }
    return cluster;
  }

  private static Process spark(Path log, String main, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", main));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("CLASSPATH", classPath());
    return builder.redirectOutput(log.toFile()).start();
  }

  /** The class path of this process, without the jar that stands for it. */
  public static String classPath() {
    return System.getProperty("surefire.test.class.path");
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
    workers.add(
        spark(
            folder.resolve("worker-" + number + ".log"),
            "org.apache.spark.deploy.worker.Worker",
            List.of(
                "--host",
                "127.0.0." + number,
                "--cores",
                "1",
                "--memory",
                "1g",
                "--webui-port",
                "0",
                "--work-dir",
                folder.resolve("worker-" + number).toString(),
                url())));
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
        .config("spark.executor.extraJavaOptions", "--add-modules=jdk.incubator.vector")
        .config("spark.executor.extraClassPath", classPath());
  }

  /** Kills an executor as {@code kill -9} does; whether there was one. */
  public boolean killExecutor() {
    return workers.stream()
        .flatMap(worker -> worker.toHandle().descendants())
        .filter(process -> process.info().command().orElse("").endsWith("java"))
        .findFirst()
        .map(ProcessHandle::destroyForcibly)
        .orElse(false);
  }

  @Override
  public void close() {
    for (Process worker : workers) {
      worker.toHandle().descendants().forEach(ProcessHandle::destroyForcibly);
      worker.destroyForcibly();
    }
    master.destroyForcibly();
  }
}
