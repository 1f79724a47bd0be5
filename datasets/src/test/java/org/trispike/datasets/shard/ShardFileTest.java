package org.trispike.datasets.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.Split;
import org.trispike.datasets.UserError;
import org.trispike.datasets.geometry.PointCloud;
import org.trispike.datasets.row.Caption;
import org.trispike.datasets.row.Column;
import org.trispike.datasets.row.EncodedImage;
import org.trispike.datasets.row.PointLayout;
import org.trispike.datasets.row.Precision;
import org.trispike.datasets.row.RowKind;
import org.trispike.datasets.row.ShardFormat;
import org.trispike.datasets.row.SourceFile;
import org.trispike.datasets.row.TeacherInfo;
import org.trispike.datasets.row.Triplet;
import org.trispike.kernels.io.Sha256;

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
        ShardWriter<Triplet> writer = ShardWriter.create(out, RowKind.TRIPLET, format, 40_000)) {
      for (int i = 0; i < rows; i++) {
        writer.write(triplet(i));
      }
      return writer.finish("shards/train-00000.parquet", Split.TRAIN);
    }
  }

  @Test
  void footerDoesNotDependOnTheHashesOfAnotherJvm() throws IOException {
    write(30);
    byte[] bytes = Files.readAllBytes(folder.resolve("train-00000.parquet"));
    int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - 8);
    int start = bytes.length - 8 - length;
    FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(bytes, start, length));
    footer
        .getRow_groups()
        .forEach(
            group ->
                group
                    .getColumns()
                    .forEach(column -> Collections.reverse(column.getMeta_data().getEncodings())));
    ByteArrayOutputStream other = new ByteArrayOutputStream();
    other.write(bytes, 0, start);
    Util.writeFileMetaData(footer, other);
    other.write(bytes, bytes.length - 8, 8);
    assertThat(other.toByteArray()).isNotEqualTo(bytes);
    assertThat(FooterOrder.sorted(other.toByteArray())).isEqualTo(bytes);
  }

  @Test
  void readsBackWhatWasWritten() throws IOException {
    ShardInfo info = write(30);
    assertThat(info.rows()).isEqualTo(30);
    assertThat(info.rowGroups()).hasSizeGreaterThan(3);
    byte[] bytes = Files.readAllBytes(folder.resolve("train-00000.parquet"));
    assertThat(info.bytes()).isEqualTo(bytes.length);
    assertThat(info.sha256()).isEqualTo(Sha256.of(bytes));
    try (ShardReader<Triplet> reader = ShardReader.open(CONF, path, Column.all())) {
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
    try (ShardReader<Triplet> reader =
        ShardReader.open(CONF, path, Set.of(Column.TEXT_EMBEDDINGS))) {
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

  /**
   * Pages have a CRC, the footer has none: there the hash is what finds a flipped bit. Every fifth
   * is read as well, as by those who did not look at the hash.
   */
  @Test
  void noneOfTenThousandFlippedBitsGoesUnnoticed() throws IOException {
    ShardInfo info = write(2);
    java.nio.file.Path file = folder.resolve("train-00000.parquet");
    byte[] bytes = Files.readAllBytes(file);
    String clean = contents();
    SplittableRandom random = new SplittableRandom(7);
    int refused = 0;
    for (int trial = 0; trial < 10_000; trial++) {
      int bit = random.nextInt(8 * bytes.length);
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(Sha256.of(bytes)).isNotEqualTo(info.sha256());
      if (trial % 5 == 0) {
        Files.write(file, bytes);
        refused += readsAs(clean) ? 0 : 1;
      }
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
    }
    // The others lie in parts of the footer that no reader looks at.
    assertThat(refused).isBetween(1200, 1800);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> DatasetManifest.verify(CONF, path, info))
        .hasMessageStartingWith("CORRUPT_SHARD: ");
  }

  /** Whether the shard can be read; then it must give what was written. */
  private boolean readsAs(String clean) {
    try {
      assertThat(contents()).isEqualTo(clean);
      return true;
    } catch (UserError e) {
      assertThat(e.kind()).isEqualTo(UserError.Kind.DATA);
      assertThat(e).hasMessageStartingWith("CORRUPT_SHARD: ");
      return false;
    }
  }

  /** A hash over all that a reader sees. */
  private String contents() {
    StringBuilder all = new StringBuilder();
    try (ShardReader<Triplet> reader = ShardReader.open(CONF, path, Column.all())) {
      for (Triplet t : reader) {
        all.append(t.id()).append(t.source()).append(t.category()).append(t.texts());
        all.append(Sha256.of(PointLayout.FLOAT32.pack(t.points()))).append(t.files());
        t.images().forEach(i -> all.append(i.view()).append(Sha256.of(i.bytes())));
        t.imageEmbeddings().forEach(v -> all.append(java.util.Arrays.toString(v)));
        t.textEmbeddings().forEach(v -> all.append(java.util.Arrays.toString(v)));
      }
    }
    return all.toString();
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
    for (String out : List.of("../train.parquet", "/tmp/a", "shards/../../a", "file:a", "")) {
      Files.writeString(
          json,
          new String(manifest.toJson(), StandardCharsets.UTF_8)
              .replace("shards/train-00000.parquet", out));
      assertThatThrownBy(() -> DatasetManifest.read(CONF, directory))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("'" + out + "' is no path of a shard");
    }
    Files.delete(json);
    assertThatThrownBy(() -> DatasetManifest.read(CONF, directory))
        .hasMessageContaining("holds no finished dataset");
  }
}
