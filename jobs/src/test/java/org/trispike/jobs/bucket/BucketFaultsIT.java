package org.trispike.jobs.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.Progress;
import org.trispike.datasets.UserError;
import org.trispike.datasets.shard.DatasetManifest;
import org.trispike.datasets.shard.ShardAction;
import org.trispike.datasets.shard.ShardConfig;
import org.trispike.datasets.shard.ShardResult;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.kernels.io.Sha256;

/** Datasets and other artefacts in buckets whose server refuses requests and cuts connections. */
final class BucketFaultsIT {
  private static final int SHAPES = 24;
  private static final int SHARDS = 6;

  @TempDir private static Path folder;
  private static S3Server server;
  private static FaultyProxy proxy;
  private static SparkSession spark;
  private static Map<String, String> local;

  @BeforeAll
  static void begin() throws Exception {
    server = S3Server.start(folder);
    proxy = new FaultyProxy(server.port());
    server.makeBucket("patient");
    server.makeBucket("brittle");
    server.makeBucket("direct");
    spark =
        // A local master tries a failed task again only if told how often.
        proxy
            .spark("local[2,4]")
            .config("spark.hadoop.fs.s3a.bucket.direct.committer.magic.enabled", false)
            .config("spark.hadoop.fs.s3a.bucket.direct.attempts.maximum", 1)
            .config("spark.hadoop.fs.s3a.bucket.direct.retry.throttle.limit", 0)
            .getOrCreate();
    writeShapes();
    local = hashes(shard(folder.resolve("run").toString(), folder.toString()));
    assertThat(local).hasSize(SHARDS);
  }

  @AfterAll
  static void end() throws IOException {
    spark.stop();
    proxy.close();
    server.close();
  }

  @AfterEach
  void heal() {
    proxy.heal();
    proxy.requests();
  }

  private static void writeShapes() throws IOException {
    StringBuilder list = new StringBuilder("shape,text,split\n");
    for (int i = 0; i < SHAPES; i++) {
      Files.writeString(
          folder.resolve("s" + i + ".off"),
          "OFF\n4 4 0\n0 0 0\n1 0 0\n0 1 0\n0 0 %d\n3 0 2 1\n3 0 1 3\n3 1 2 3\n3 0 3 2\n"
              .formatted(1 + i));
      list.append("s%d.off,solid %d,%s\n".formatted(i, i, i < 20 ? "train" : "validation"));
    }
    Files.writeString(folder.resolve("list.csv"), list);
  }

  private static Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }

  private static ShardResult shard(String run, String input, String... settings) {
    return shard(run, input, Progress.silent(), settings);
  }

  private static ShardResult shard(
      String run, String input, Progress progress, String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("run.dir = \"" + run + "\"");
    all.add("data { triplets = \"" + input + "/list.csv\", points = 50, views = 0 }");
    all.add("data { shard-rows = 4 }");
    return new ShardAction(
            spark,
            ShardConfig.from(
                ConfigFactory.parseString(String.join("\n", all))
                    .withFallback(ConfigFactory.load())
                    .resolve()),
            progress)
        .run();
  }

  private static Map<String, String> hashes(ShardResult result) {
    result.manifest().verify(hadoop(), result.directory());
    Map<String, String> hashes = new TreeMap<>();
    result.manifest().shards().forEach(shard -> hashes.put(shard.path(), shard.sha256()));
    return hashes;
  }

  /** All objects below a path, without the path itself. */
  private static List<String> objects(String directory) throws IOException {
    org.apache.hadoop.fs.Path root = new org.apache.hadoop.fs.Path(directory);
    FileSystem files = root.getFileSystem(hadoop());
    List<String> names = new ArrayList<>();
    if (files.exists(root)) {
      RemoteIterator<? extends FileStatus> all = files.listFiles(root, true);
      while (all.hasNext()) {
        names.add(all.next().getPath().toString().substring(directory.length() + 1));
      }
    }
    names.sort(null);
    return names;
  }

  private static Predicate<String> first(int count, Predicate<String> requests) {
    AtomicInteger left = new AtomicInteger(count);
    return request -> requests.test(request) && left.getAndDecrement() > 0;
  }

  @Test
  void aTaskWhoseInputIsOutOfReachIsTriedAgainAndDropsNoRow() throws IOException {
    FileSystem files = FileSystem.get(java.net.URI.create("s3a://brittle/"), hadoop());
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.filter(f -> f.toString().matches(".*(off|csv)")).toList()) {
        files.copyFromLocalFile(
            new org.apache.hadoop.fs.Path(file.toUri()),
            new org.apache.hadoop.fs.Path("s3a://brittle/in/" + file.getFileName()));
      }
    }
    proxy.refuse(first(4, request -> request.startsWith("GET /brittle/in/s7.off")));
    ShardResult result = shard("s3a://brittle/retried", "s3a://brittle/in");
    assertThat(hashes(result)).isEqualTo(local);
    assertThat(result.manifest().quarantine()).isEmpty();
  }

  @Test
  void aJobThatFailsShowsNoDataAndItsFinishedShardsAreKept() throws Exception {
    String dataset = "s3a://brittle/failing/dataset";
    proxy.refuse(request -> request.contains("shards/train-00002.parquet"));
    UserError error =
        catchThrowableOfType(
            UserError.class, () -> shard("s3a://brittle/failing", folder.toString()));
    proxy.heal();
    assertThat(error.kind()).isEqualTo(UserError.Kind.ENVIRONMENT);
    assertThat(objects(dataset)).isNotEmpty().allMatch(name -> name.startsWith("_"));
    assertThatThrownBy(() -> DatasetManifest.read(hadoop(), dataset))
        .hasMessageContaining("holds no finished dataset");

    Lines lines = new Lines();
    ShardResult resumed = shard("s3a://brittle/failing", folder.toString(), lines);
    assertThat(hashes(resumed)).isEqualTo(local);
    assertThat(lines.all).anyMatch(line -> line.matches("shard: [1-5] finished shards .* kept"));
    assertThat(proxy.requests())
        .noneMatch(
            request ->
                request.startsWith("PUT /brittle/failing/dataset/shards/")
                    && !request.contains("uploadId="));
    assertThat(server.pendingUploads("brittle")).isZero();
    assertThat(objects(dataset))
        .noneMatch(name -> name.startsWith("_"))
        .contains("dataset.json")
        .filteredOn(name -> name.startsWith("shards/"))
        .hasSize(SHARDS);
  }

  @Test
  void aDatasetThatIsGivenUpLeavesItsQuarantineAlone() throws Exception {
    Files.copy(folder.resolve("list.csv"), folder.resolve("good.csv"));
    Files.writeString(
        folder.resolve("list.csv"),
        Files.readString(folder.resolve("good.csv")) + "no.off,missing,train\n");
    try {
      assertThatThrownBy(
              () -> shard("s3a://brittle/bad", folder.toString(), "data.max-bad-ratio = 0.01"))
          .hasMessageContaining("No dataset was published");
    } finally {
      Files.move(
          folder.resolve("good.csv"),
          folder.resolve("list.csv"),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
    assertThat(objects("s3a://brittle/bad/dataset"))
        .containsExactly("quarantine/quarantine.parquet");
    assertThat(server.pendingUploads("brittle")).isZero();
  }

  @Test
  void twentyRequestsThatAreRefusedAreMadeAgain() {
    Set<String> refused = ConcurrentHashMap.newKeySet();
    proxy.refuse(request -> refused.size() < 20 && refused.add(request));
    assertThat(hashes(shard("s3a://patient/slow", folder.toString()))).isEqualTo(local);
    assertThat(refused).hasSize(20);
  }

  @Test
  void uploadsThatAreCutInTheMiddleAreMadeAgain() {
    AtomicInteger cuts = new AtomicInteger();
    Predicate<String> uploads = first(3, request -> request.contains("partNumber="));
    proxy.cut(request -> uploads.test(request) && cuts.incrementAndGet() > 0);
    assertThat(hashes(shard("s3a://patient/cut", folder.toString()))).isEqualTo(local);
    assertThat(cuts).hasValue(3);
  }

  @Test
  void withoutTheCommitterShardsAreUploadedAtOnce() throws IOException {
    AtomicInteger refusals = new AtomicInteger();
    Predicate<String> shard =
        first(1, request -> request.startsWith("PUT /direct/run/dataset/shards/train-00001"));
    proxy.refuse(request -> shard.test(request) && refusals.incrementAndGet() > 0);
    assertThat(hashes(shard("s3a://direct/run", folder.toString()))).isEqualTo(local);
    assertThat(refusals).hasValue(1);
    assertThat(proxy.requests()).noneMatch(request -> request.contains("uploadId="));
    assertThat(objects("s3a://direct/run/dataset"))
        .contains("dataset.json")
        .filteredOn(name -> name.startsWith("shards/"))
        .hasSize(SHARDS);
  }

  /** As checkpoints and models are written: whichever request is the last to be answered. */
  @Test
  void aFolderIsWholeOrNoneWhateverRequestFails() throws IOException {
    byte[] content = "content".repeat(1000).getBytes(StandardCharsets.UTF_8);
    boolean failed = true;
    int faults = 0;
    for (; failed; faults++) {
      String directory = "s3a://brittle/folder-" + faults;
      ArtefactFolder written = ArtefactFolder.of(hadoop(), directory, "MANIFEST.json");
      AtomicInteger left = new AtomicInteger(faults);
      proxy.refuse(request -> left.getAndDecrement() <= 0);
      try {
        written.write("model.bin", content);
        written.write("state.json", content);
        written.publish(content);
        failed = false;
      } catch (IOException e) {
        failed = true;
      }
      proxy.heal();
      if (objects(directory).contains("MANIFEST.json")) {
        assertThat(objects(directory)).containsExactly("MANIFEST.json", "model.bin", "state.json");
      }
      for (String name : objects(directory)) {
        assertThat(Sha256.of(written.read(name))).isEqualTo(Sha256.of(content));
      }
    }
    // Each of three files at least, and the look around at the end.
    assertThat(faults).isGreaterThan(3);
  }

  /** Keeps the lines of a stage. */
  private static final class Lines implements Progress {
    private final List<String> all = new ArrayList<>();

    @Override
    public void start(String stage, long total, long done) {}

    @Override
    public void update(long done, String figures) {}

    @Override
    public void line(String message) {
      all.add(message);
    }

    @Override
    public void finish(String summary) {}
  }
}
