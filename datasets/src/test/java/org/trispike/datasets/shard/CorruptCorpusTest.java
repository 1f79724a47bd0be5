package org.trispike.datasets.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.Progress;
import org.trispike.datasets.UserError;
import org.trispike.datasets.row.Column;
import org.trispike.datasets.row.Triplet;
import org.trispike.datasets.source.BadRow;
import org.trispike.kernels.io.Sha256;

/** Every way to be of no use, among shapes that are sound: the list of faults, and nothing else. */
final class CorruptCorpusTest {
  private static final String TETRAHEDRON =
      "OFF\n4 4 0\n0 0 0\n1 0 0\n0 1 0\n0 0 %d\n3 0 2 1\n3 0 1 3\n3 1 2 3\n3 0 3 2\n";

  /** The default of data.limits.text-bytes. */
  private static final int LONGEST_TEXT = 1 << 16;

  private static SparkSession spark;

  @TempDir private Path folder;
  private final List<String> reasons = new ArrayList<>();
  private final List<byte[]> lines = new ArrayList<>();

  @BeforeAll
  static void begin() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("corrupt")
            .config("spark.ui.enabled", false)
            .getOrCreate();
  }

  @AfterAll
  static void end() {
    spark.stop();
  }

  @BeforeEach
  void plant() throws IOException {
    bad("MISSING", "missing.off", null);
    bad("EMPTY", "nothing.obj", "");
    bad("TRUNCATED", "cut.off", TETRAHEDRON.formatted(1).substring(0, 40));
    bad("TRUNCATED", "nothing.npy", "");
    bad("BAD_MAGIC", "magic.npy", "This is no array");
    bad("BAD_MAGIC", "magic.glb", "This is no binary glTF");
    bad("COUNT_OVERFLOW", "counts.off", "OFF\n2147483647 2147483647 0\n0 0 0\n");
    bad("COUNT_OVERFLOW", "dims.npy", npy("<f4", "(2147483648, 3)"));
    bad("TRUNCATED", "more.npy", npy("<f4", "(500000000, 3)"));
    bad("COUNT_OVERFLOW", "negative.off", "OFF\n-3 1 0\n0 0 0\n1 0 0\n0 1 0\n3 0 1 2\n");
    bad("NOT_FINITE", "nan.off", TETRAHEDRON.formatted(1).replace("1 0 0", "1 nan 0"));
    bad("NOT_FINITE", "inf.obj", "v 0 0 0\nv inf 0 0\nv 0 1 0\nf 1 2 3\n");
    bad("NOT_FINITE", "1e999.obj", "v 0 0 0\nv 1e999 0 0\nv 0 1 0\nf 1 2 3\n");
    bad("INDEX_OUT_OF_RANGE", "index.off", TETRAHEDRON.formatted(1).replace("3 0 3 2", "3 0 3 9"));
    bad("ZERO_AREA", "flat.off", "OFF\n3 1 0\n0 0 0\n1 0 0\n2 0 0\n3 0 1 2\n");
    bad("BAD_HEADER", "circle.gltf", gltf("{\"children\":[1]},{\"children\":[0]}", "a.bin"));
    bad("TOO_LARGE", "deep.gltf", gltf("[".repeat(90) + "]".repeat(90), "a.bin"));
    bad("UNSUPPORTED", "web.gltf", gltf("{\"mesh\":0}", "http://host/a.bin"));
    bad("UNSUPPORTED", "escape.gltf", gltf("{\"mesh\":0}", "../../../etc/passwd"));
    bad("UNSUPPORTED", "pickle.npy", npy("|O", "(3,)"));
    bad("BAD_ROW", "words.obj", "v 0 0 zero\nv 1 0 0\nv 0 1 0\nf 1 2 3\n");
    write("bomb.npz", bomb());
    expect("TOO_LARGE", "bomb.npz,,a bomb,");
    write("vast.png", vastPicture());
    write("pictured.off", bytes(TETRAHEDRON.formatted(1)));
    expect("TOO_LARGE", "pictured.off,vast.png,a picture,");
    write("told.off", bytes(TETRAHEDRON.formatted(1)));
    expect("TOO_LARGE", "told.off,," + "a".repeat(LONGEST_TEXT + 1) + ",");
    write("epic.off", bytes(TETRAHEDRON.formatted(1)));
    expect("TOO_LARGE", "epic.off,," + "a".repeat(2_000_000) + ",");
    write("latin.off", bytes(TETRAHEDRON.formatted(1)));
    expect("BAD_ROW", "latin.off,,ein gr\u00FCner Stuhl,");
    expect("BAD_ROW", "nan.off,,the same again,");
  }

  private void bad(String reason, String file, String content) throws IOException {
    if (content != null) {
      write(file, content.getBytes(StandardCharsets.ISO_8859_1));
    }
    expect(reason, file + ",,a text,");
  }

  /** The row in Latin-1, which is no UTF-8 where it is more than ASCII. */
  private void expect(String reason, String line) {
    reasons.add(reason);
    lines.add((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  private void write(String file, byte[] content) throws IOException {
    Files.write(folder.resolve(file), content);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String npy(String type, String shape) {
    String header = "{'descr': '%s', 'fortran_order': False, 'shape': %s}".formatted(type, shape);
    return "\u0093NUMPY\1\0" + (char) header.length() + "\0" + header;
  }

  private static String gltf(String nodes, String uri) {
    return ("{\"asset\":{\"version\":\"2.0\"},\"nodes\":[%s],\"meshes\":[{\"primitives\":["
            + "{\"attributes\":{\"POSITION\":0}}]}],\"accessors\":[{\"bufferView\":0,\"count\":3,"
            + "\"componentType\":5126,\"type\":\"VEC3\"}],\"bufferViews\":[{\"buffer\":0,"
            + "\"byteLength\":36}],\"buffers\":[{\"byteLength\":36,\"uri\":\"%s\"}]}")
        .formatted(nodes, uri);
  }

  private static byte[] bomb() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("../../xyz.npy"));
      zip.write(new byte[3_000_000]);
    }
    return out.toByteArray();
  }

  private static byte[] vastPicture() {
    ByteBuffer png = ByteBuffer.allocate(99).order(ByteOrder.BIG_ENDIAN);
    png.putLong(0x89504E470D0A1A0AL).putInt(13).put(bytes("IHDR"));
    png.putInt(60_000).putInt(60_000).put(new byte[] {8, 2, 0, 0, 0});
    CRC32 crc = new CRC32();
    crc.update(png.array(), 12, 17);
    return png.putInt((int) crc.getValue()).array();
  }

  /**
   * Sound shapes, some with a byte order mark or line ends of every kind, one with as long a text
   * as may be.
   */
  private List<byte[]> good(int count) throws IOException {
    List<byte[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String text = TETRAHEDRON.formatted(1 + i % 50);
      text = i % 3 == 1 ? text.replace("\n", "\r\n") : text;
      text = i % 3 == 2 ? "\uFEFF" + text.replace("0 0 0\n", "0 0 0\r") : text;
      write("g" + i + ".off", bytes(text));
      String told = i == 0 ? "a".repeat(LONGEST_TEXT) : "solid " + i;
      rows.add(bytes("g%d.off,,%s,%s".formatted(i, told, i % 2 == 0 ? "\n" : "\r\n")));
    }
    return rows;
  }

  private ShardResult shard(String run, List<byte[]> rows, double maxBadRatio) throws IOException {
    ByteArrayOutputStream list = new ByteArrayOutputStream();
    list.writeBytes(bytes("\uFEFFshape,images,text,id\r\n"));
    rows.forEach(list::writeBytes);
    write("list.csv", list.toByteArray());
    String settings =
        "run.dir = \"%s\", data { triplets = \"%s\", points = 20, views = 0, max-bad-ratio = %s }"
            .formatted(folder.resolve(run), folder.resolve("list.csv"), maxBadRatio);
    ShardConfig config =
        ShardConfig.from(
            ConfigFactory.parseString(settings).withFallback(ConfigFactory.load()).resolve());
    return new ShardAction(spark, config, Progress.silent()).run();
  }

  private static List<byte[]> joined(List<byte[]> some, List<byte[]> others) {
    List<byte[]> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }

  /** The hash of each row's points and texts, by its id. */
  private Map<String, String> rows(String run, DatasetManifest manifest) {
    Map<String, String> rows = new TreeMap<>();
    String dataset = folder.resolve(run).resolve("dataset").toString();
    for (ShardInfo shard : manifest.shards()) {
      try (ShardReader<Triplet> reader =
          ShardReader.open(
              new Configuration(), DatasetManifest.path(dataset, shard), Column.all())) {
        reader.forEach(
            row ->
                rows.put(row.id(), Sha256.of(Arrays.toString(row.points().xyz()) + row.texts())));
      }
    }
    return rows;
  }

  /** The quarantine's reasons, in the order of the list. */
  private List<String> faults(String run) {
    String dataset = folder.resolve(run).resolve("dataset").toString();
    return Quarantine.read(new Configuration(), dataset).stream().map(BadRow::reason).toList();
  }

  @Test
  void oneInAThousand() throws IOException {
    List<byte[]> good = good(999);
    DatasetManifest manifest = shard("a", joined(good, lines.subList(2, 3)), 0.01).manifest();
    assertThat(manifest.rows()).isEqualTo(999);
    assertThat(manifest.quarantine()).containsExactly(Map.entry("TRUNCATED", 1L));
    assertThat(faults("a")).containsExactly("TRUNCATED");
  }

  @Test
  void oneInTenLeavesTheOthersAsTheyAre() throws IOException {
    List<byte[]> good = good(9 * lines.size());
    DatasetManifest alone = shard("alone", good, 0).manifest();
    DatasetManifest mixed = shard("mixed", joined(lines, good), 0.1).manifest();
    assertThat(faults("mixed")).isEqualTo(reasons);
    assertThat(mixed.quarantine().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(lines.size());
    assertThat(rows("mixed", mixed)).isEqualTo(rows("alone", alone)).hasSize(good.size());
  }

  @Test
  void nothingButFaultsMakesNoDataset() throws IOException {
    assertThatThrownBy(() -> shard("none", lines, 1))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(lines.size() + " of " + lines.size() + " rows cannot be used");
    assertThat(faults("none")).isEqualTo(reasons);
    assertThat(folder.resolve("none/dataset").toFile().list()).containsExactly("quarantine");
  }
}
