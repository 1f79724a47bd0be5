package org.trispike.datasets.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.Split;
import org.trispike.datasets.UserError;
import org.trispike.datasets.geometry.PointCloud;
import org.trispike.datasets.store.Sha256;

final class ShardFileTest {
  private static final Configuration CONF = new Configuration();
  private static final TeacherInfo TEACHER =
      new TeacherInfo("test-1", "embedded", 4, Precision.FLOAT32);

  @TempDir private java.nio.file.Path folder;
  private Path path;

  @BeforeEach
  void name() {
    path = new Path(folder.resolve("train-00000.parquet").toString());
  }

  private static Triplet triplet(int i) {
    SplittableRandom random = new SplittableRandom(i);
    float[] xyz = new float[3 * 500];
    float[] rgb = new float[3 * 500];
    for (int k = 0; k < xyz.length; k++) {
      xyz[k] = (float) random.nextDouble(-1, 1);
      rgb[k] = (float) random.nextDouble();
    }
    List<EncodedImage> images = new ArrayList<>();
    List<float[]> vectors = new ArrayList<>();
    for (int k = 0; k < i % 3; k++) {
      byte[] bytes = new byte[2000];
      random.nextBytes(bytes);
      images.add(new EncodedImage("Ansicht " + k, bytes));
      vectors.add(new float[] {k, i, -1, 0.5f});
    }
    List<Caption> texts =
        i % 4 == 0 ? List.of() : List.of(new Caption("ein Stuhl № " + i, Caption.TEXT));
    return new Triplet(
        "id " + i,
        "a/b " + i + ".off",
        i % 2 == 0 ? "" : "chair",
        Split.TRAIN,
        Optional.of(new PointCloud(xyz, rgb)),
        images,
        texts,
        vectors,
        texts.stream().map(t -> new float[] {1, 2, 3, i}).toList(),
        List.of(new SourceFile("a/b " + i + ".off", Sha256.of("x" + i))));
  }

  private ShardInfo write(int rows) throws IOException {
    ShardFormat format = new ShardFormat(PointLayout.FLOAT32, Optional.of(TEACHER));
    try (OutputStream out = Files.newOutputStream(folder.resolve("train-00000.parquet"));
        ShardWriter writer = ShardWriter.create(out, format, 40_000)) {
      for (int i = 0; i < rows; i++) {
        writer.write(triplet(i));
      }
      return writer.finish("shards/train-00000.parquet", Split.TRAIN);
    }
  }

  @Test
  void readsBackWhatWasWritten() throws IOException {
    ShardInfo info = write(30);
    assertThat(info.rows()).isEqualTo(30);
    assertThat(info.rowGroups()).hasSizeGreaterThan(3);
    byte[] bytes = Files.readAllBytes(folder.resolve("train-00000.parquet"));
    assertThat(info.bytes()).isEqualTo(bytes.length);
    assertThat(info.sha256()).isEqualTo(Sha256.of(bytes));
    try (ShardReader reader = ShardReader.open(CONF, path, Column.all())) {
      assertThat(reader.format().teacher()).contains(TEACHER);
      assertThat(reader.rowGroups()).isEqualTo(info.rowGroups().size());
      int i = 0;
      for (Triplet back : reader) {
        Triplet original = triplet(i++);
        assertThat(back.points().xyz()).isEqualTo(original.points().xyz());
        assertThat(back.points().rgb()).isEqualTo(original.points().rgb());
        assertThat(back).usingRecursiveComparison().ignoringFields("cloud").isEqualTo(original);
      }
      assertThat(i).isEqualTo(30);
      int last = reader.rowGroups() - 1;
      List<Triplet> group = reader.readRowGroup(last);
      assertThat(group).hasSize(info.rowGroups().get(last));
      assertThat(group.get(group.size() - 1).id()).isEqualTo("id 29");
    }
    assertThat(folder.toFile().list()).containsExactly("train-00000.parquet");
  }

  @Test
  void readsOnlyTheColumnsAskedFor() throws IOException {
    write(5);
    try (ShardReader reader = ShardReader.open(CONF, path, Set.of(Column.TEXT_EMBEDDINGS))) {
      Triplet back = reader.readRowGroup(1).get(0);
      assertThat(back.cloud()).isEmpty();
      assertThat(back.images())
          .extracting(EncodedImage::view)
          .containsExactly("Ansicht 0", "Ansicht 1");
      assertThat(back.images().get(0).bytes()).isEmpty();
      assertThat(back.imageEmbeddings()).isEmpty();
      assertThat(back.textEmbeddings().get(0)).containsExactly(1, 2, 3, 2);
      assertThat(back.texts()).isEqualTo(triplet(2).texts());
      assertThatThrownBy(back::points).hasMessageContaining("were not read");
    }
  }

  @Test
  void sameRowsGiveTheSameBytes() throws IOException {
    String first = write(12).sha256();
    assertThat(write(12).sha256()).isEqualTo(first);
  }

  @Test
  void noFlippedBitGoesUnnoticed() throws IOException {
    ShardInfo info = write(6);
    java.nio.file.Path file = folder.resolve("train-00000.parquet");
    byte[] good = Files.readAllBytes(file);
    byte[] clean = contents();
    SplittableRandom random = new SplittableRandom(7);
    int silent = 0;
    for (int trial = 0; trial < 400; trial++) {
      byte[] bad = good.clone();
      int at = random.nextInt(bad.length);
      bad[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, bad);
      try {
        // What reads without complaint must read the same; the hash catches even that.
        silent += java.util.Arrays.equals(contents(), clean) ? 0 : 1;
      } catch (UserError e) {
        assertThat(e.kind()).isEqualTo(UserError.Kind.DATA);
        assertThat(e).hasMessageStartingWith("CORRUPT_SHARD: ");
      }
      assertThatThrownBy(() -> DatasetManifest.verify(CONF, path, info))
          .hasMessageStartingWith("CORRUPT_SHARD: ");
    }
    assertThat(silent).isZero();
  }

  /** A hash over all that a reader sees. */
  private byte[] contents() {
    StringBuilder all = new StringBuilder();
    try (ShardReader reader = ShardReader.open(CONF, path, Column.all())) {
      for (Triplet t : reader) {
        all.append(t.id()).append(t.source()).append(t.category()).append(t.texts());
        all.append(Sha256.of(PointLayout.FLOAT32.pack(t.points()))).append(t.files());
        t.images().forEach(i -> all.append(i.view()).append(Sha256.of(i.bytes())));
        t.imageEmbeddings().forEach(v -> all.append(java.util.Arrays.toString(v)));
        t.textEmbeddings().forEach(v -> all.append(java.util.Arrays.toString(v)));
      }
    }
    return all.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void manifestSurvivesAndRefusesDamage() throws IOException {
    ShardInfo info = write(3);
    TreeMap<String, String> provenance = new TreeMap<>();
    provenance.put("stage", "shard \"ü\"");
    TreeMap<String, Long> counts = new TreeMap<>();
    counts.put("TRUNCATED", 2L);
    DatasetManifest manifest =
        new DatasetManifest(
            PointLayout.FLOAT32, Optional.of(TEACHER), List.of(info), counts, counts, provenance);
    String directory = folder.toString();
    java.nio.file.Path json = folder.resolve("dataset.json");
    Files.write(json, manifest.toJson());
    assertThat(DatasetManifest.read(CONF, directory)).isEqualTo(manifest);
    Files.createDirectories(folder.resolve("shards"));
    assertThatThrownBy(() -> manifest.verifySizes(CONF, directory))
        .hasMessageContaining("is missing");
    java.nio.file.Path shard = folder.resolve("shards/train-00000.parquet");
    Files.copy(folder.resolve("train-00000.parquet"), shard);
    manifest.verify(CONF, directory);
    byte[] bytes = Files.readAllBytes(shard);
    bytes[100] ^= 1;
    Files.write(shard, bytes);
    manifest.verifySizes(CONF, directory);
    assertThatThrownBy(() -> manifest.verify(CONF, directory)).hasMessageContaining("has SHA-256");
    Files.write(shard, new byte[10]);
    assertThatThrownBy(() -> manifest.verifySizes(CONF, directory))
        .hasMessageContaining("has 10 bytes");
    Files.writeString(json, Files.readString(json).replace("\"rows\" : 3", "\"rows\" : 4"));
    assertThatThrownBy(() -> DatasetManifest.read(CONF, directory))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is no dataset manifest");
    Files.delete(json);
    assertThatThrownBy(() -> DatasetManifest.read(CONF, directory))
        .hasMessageContaining("holds no finished dataset");
  }
}
