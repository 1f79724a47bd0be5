package org.trispike.datasets.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.row.Caption;
import org.trispike.datasets.row.RowKind;
import org.trispike.datasets.row.SourceFile;
import org.trispike.datasets.row.Triplet;
import org.trispike.kernels.io.Sha256;

/** Collections whose shapes are no files of their own, from disk to shards. */
final class CollectionShardTest {
  private static SparkSession spark;

  @TempDir private Path folder;

  @BeforeAll
  static void begin() {
    spark = ShardRun.session();
  }

  @AfterAll
  static void end() {
    spark.stop();
  }

  private void copy(String resource, String path) throws IOException {
    Path file = folder.resolve("in").resolve(path);
    Files.createDirectories(file.getParent());
    try (InputStream in = getClass().getResourceAsStream(resource)) {
      Files.copy(Objects.requireNonNull(in, resource), file);
    }
  }

  private ShardRun run() {
    return new ShardRun(spark, folder);
  }

  @Test
  void cloudsOfHdf5FilesBecomeRows() throws IOException {
    copy("/hdf5/modelnet.h5", "ply_data_train0.h5");
    copy("/hdf5/modelnet.h5", "ply_data_test0.h5");
    DatasetManifest manifest = run().shard("data.layout = hdf5");
    List<Triplet> rows = run().rows(manifest, RowKind.TRIPLET);
    assertThat(rows).hasSize(10);
    Triplet row =
        rows.stream().filter(r -> r.id().equals("ply_data_test0.h5#2")).findFirst().orElseThrow();
    assertThat(row.category()).isEqualTo("class_18");
    assertThat(row.texts()).containsExactly(new Caption("class 18", Caption.CATEGORY));
    assertThat(row.points().points()).isEqualTo(16);
    String hash = Sha256.of(Files.readAllBytes(folder.resolve("in/ply_data_test0.h5")));
    assertThat(row.files()).containsExactly(new SourceFile("ply_data_test0.h5", hash));
  }

  @Test
  void recordsOfOpenShapeBringTheirVectors() throws IOException {
    copy("/pickle/openshape.npy", "Objaverse/0a1b2c.npy");
    copy("/pickle/evil.npy", "Objaverse/evil.npy");
    Path list = folder.resolve("in/train.json");
    Files.writeString(
        list,
        "[{\"id\": \"evil\", \"data_path\": \"Objaverse/evil.npy\"},"
            + " {\"id\": \"0a1b2c\", \"data_path\": \"Objaverse/0a1b2c.npy\"}]");
    DatasetManifest manifest =
        run()
            .shard("data { layout = openshape, max-bad-ratio = 0.5, triplets = \"" + list + "\" }");
    assertThat(manifest.teacher().orElseThrow().dimension()).isEqualTo(4);
    assertThat(manifest.quarantine()).containsEntry("UNSUPPORTED", 1L);
    Triplet row = run().rows(manifest, RowKind.TRIPLET).get(0);
    assertThat(row.texts().stream().map(Caption::text))
        .containsExactly(
            "a chair", "stühle", "a wooden chair", "a chair on a floor", "chair for sale");
    assertThat(row.textEmbeddings()).hasSize(5);
    // Two views and the thumbnail, each of length one: (0, 1, 2, 3) / √14 first.
    assertThat(row.imageEmbeddings()).hasSize(3);
    assertThat(row.imageEmbeddings().get(0)[3])
        .isCloseTo((float) (3 / Math.sqrt(14)), within(1e-6f));
  }
}
