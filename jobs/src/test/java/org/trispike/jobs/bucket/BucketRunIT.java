package org.trispike.jobs.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.jobs.Main;
import org.trispike.jobs.StandardStreams;
import org.trispike.kernels.io.Sha256;

/** The command line on a run folder in a bucket, beside the same on a local one. */
final class BucketRunIT {
  @RegisterExtension private final StandardStreams streams = new StandardStreams();

  @TempDir private Path folder;
  private S3Server server;

  @BeforeEach
  void begin() throws IOException, InterruptedException {
    server = S3Server.start(folder);
    server.makeBucket("runs");
  }

  @AfterEach
  void end() {
    server.close();
  }

  /** Runs a command with settings on top of those that find the server. */
  private int trispike(List<String> command, List<String> settings, String... spark) {
    List<String> conf = new ArrayList<>(List.of(spark));
    conf.add("spark.hadoop.fs.s3a.endpoint=http://127.0.0.1:" + server.port());
    conf.add("spark.hadoop.fs.s3a.path.style.access=true");
    // What fails here does not pass by waiting.
    conf.add("spark.hadoop.fs.s3a.attempts.maximum=2");
    conf.add("spark.hadoop.fs.s3a.retry.limit=1");
    List<String> all = new ArrayList<>(command);
    all.add("--set");
    all.add("spark.conf=[\"" + String.join("\", \"", conf) + "\"]");
    for (String setting : settings) {
      all.add("--set");
      all.add(setting);
    }
    return Main.run(all.toArray(String[]::new));
  }

  private int quickstart(String run, String... spark) {
    return trispike(
        List.of("quickstart", "--config", "src/test/resources/tiny.conf", "--out", run),
        List.of(),
        spark);
  }

  @Test
  void aRunInABucketIsThatOfALocalFolder() throws Exception {
    Path local = folder.resolve("run");
    Path events = Files.createDirectory(folder.resolve("events"));
    assertThat(quickstart(local.toString())).as(streams::err).isZero();
    assertThat(
            quickstart(
                "s3a://runs/one",
                "spark.eventLog.enabled=true",
                "spark.eventLog.dir=" + events.toUri()))
        .as(streams::err)
        .isZero();

    TreeMap<String, String> here = new TreeMap<>();
    try (Stream<Path> files = Files.walk(local)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        here.put(local.relativize(file).toString(), Sha256.of(Files.readAllBytes(file)));
      }
    }
    TreeMap<String, byte[]> there = objects("s3a://runs/one");
    assertThat(there.keySet()).isEqualTo(here.keySet());
    there.forEach(
        (name, bytes) -> {
          if (name.matches(".*[.](parquet|safetensors|bin|csv|off|glb)")) {
            assertThat(Sha256.of(bytes)).as(name).isEqualTo(here.get(name));
          }
        });
    assertThat(server.pendingUploads("runs")).isZero();

    assertThat(trispike(List.of("verify", "s3a://runs/one"), List.of())).isZero();
    assertThat(trispike(List.of("inspect", "s3a://runs/one/embedded"), List.of())).isZero();
    assertThat(trispike(List.of("report", "--run", "s3a://runs/one"), List.of())).isZero();
    assertThat(quickstart("s3a://runs/one")).isZero();
    assertThat(streams.err()).contains("is finished already");

    assertNoSecretIn("output", streams.out().getBytes(StandardCharsets.UTF_8));
    assertNoSecretIn("log", streams.err().getBytes(StandardCharsets.UTF_8));
    there.forEach(BucketRunIT::assertNoSecretIn);
    List<Path> logged;
    try (Stream<Path> files = Files.walk(events)) {
      logged = files.filter(Files::isRegularFile).toList();
    }
    assertThat(logged).isNotEmpty();
    for (Path log : logged) {
      assertNoSecretIn(log.toString(), Files.readAllBytes(log));
    }
  }

  private static void assertNoSecretIn(String where, byte[] bytes) {
    assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
        .as(where)
        .doesNotContain(S3Server.SECRET)
        .doesNotContain(S3Server.IDENTITY);
  }

  private TreeMap<String, byte[]> objects(String run) throws IOException {
    org.apache.hadoop.fs.Path root = new org.apache.hadoop.fs.Path(run);
    // Hadoop keeps the file system that the commands made.
    FileSystem files = root.getFileSystem(new org.apache.hadoop.conf.Configuration());
    TreeMap<String, byte[]> objects = new TreeMap<>();
    RemoteIterator<LocatedFileStatus> all = files.listFiles(root, true);
    while (all.hasNext()) {
      org.apache.hadoop.fs.Path path = all.next().getPath();
      try (InputStream in = files.open(path)) {
        objects.put(path.toString().substring(run.length() + 1), in.readAllBytes());
      }
    }
    return objects;
  }

  @Test
  void whatIsRefusedIsAnEnvironmentErrorThatNamesTheBucket() throws Exception {
    server.makeBucket("refused");
    String secret = "not-the-right-secret";
    System.setProperty("spark.hadoop.fs.s3a.bucket.refused.secret.key", secret);
    System.setProperty("spark.hadoop.fs.s3a.bucket.refused.access.key", S3Server.IDENTITY);
    try {
      int code =
          trispike(
              List.of("shard", "--out", "s3a://refused/run"),
              List.of("data.triplets=s3a://refused/list.csv"));
      assertThat(code).isEqualTo(4);
    } finally {
      System.clearProperty("spark.hadoop.fs.s3a.bucket.refused.secret.key");
      System.clearProperty("spark.hadoop.fs.s3a.bucket.refused.access.key");
    }
    assertThat(streams.err())
        .contains(
            "Environment: ", "s3a://refused/", "Check the credentials that this process finds")
        .doesNotContain(secret, S3Server.SECRET, "\tat ");
  }

  @Test
  void settingsTakeNoSecrets() {
    for (String key :
        List.of("fs.s3a.secret.key", "fs.s3a.bucket.x.access.key", "fs.s3a.session.token")) {
      int code =
          trispike(List.of("verify", "s3a://runs/x"), List.of(), "spark.hadoop." + key + "=abc123");
      assertThat(code).isEqualTo(2);
      assertThat(streams.err())
          .contains("spark.conf takes no secrets")
          .contains(key)
          .doesNotContain("abc123");
    }
  }
}
