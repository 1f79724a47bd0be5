package org.trispike.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.geometry.PointCloud;

final class NumpyReaderTest {
  private static final float[] SIX = {1, -2, 3, 0.5f, 4, 1024};
  private static final int[] HALVES = {0x3C00, 0xC000, 0x4200, 0x3800, 0x4400, 0x6400};

  private static byte[] npy(String type, boolean fortran, String shape, byte[] data) {
    return npy(
        1,
        "{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }"
            .formatted(type, fortran ? "True" : "False", shape),
        data);
  }

  private static byte[] npy(int version, String header, byte[] data) {
    byte[] text = (header + " ".repeat(10) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer out =
        ByteBuffer.allocate(12 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    out.put((byte) version).put((byte) 0);
    if (version == 1) {
      out.putShort((short) text.length);
    } else {
      out.putInt(text.length);
    }
    out.put(text).put(data);
    return Arrays.copyOf(out.array(), out.position());
  }

  /** Values in a type of NumPy. */
  private static byte[] data(String type, float... values) {
    ByteOrder order = type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    ByteBuffer out = ByteBuffer.allocate(values.length * 8).order(order);
    for (int i = 0; i < values.length; i++) {
      switch (type.substring(1)) {
        case "f2" -> out.putShort((short) HALVES[i]);
        case "f4" -> out.putFloat(values[i]);
        case "f8" -> out.putDouble(values[i]);
        case "i1", "u1" -> out.put((byte) values[i]);
        case "i2", "u2" -> out.putShort((short) values[i]);
        case "i4", "u4" -> out.putInt((int) values[i]);
        default -> out.putLong((long) values[i]);
      }
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  private static PointCloud npyCloud(byte[] bytes) throws CorruptInputException {
    return MemoryFiles.of("a.npy", bytes).cloud("a.npy");
  }

  @Test
  void readsFloatsOfAllWidthsAndByteOrders() throws CorruptInputException {
    for (String type : new String[] {"<f2", ">f2", "<f4", ">f4", "<f8", ">f8"}) {
      PointCloud cloud = npyCloud(npy(type, false, "2, 3", data(type, SIX)));
      assertThat(cloud.xyz()).as(type).containsExactly(SIX);
      assertThat(cloud.rgb()).containsOnly(0.8f);
    }
  }

  @Test
  void readsWholeNumbers() throws CorruptInputException {
    for (String type : new String[] {"|i1", "<i2", ">i4", "<i8", "|u1", "<u2", ">u4", "<u8"}) {
      PointCloud cloud = npyCloud(npy(type, false, "2, 3", data(type, 1, 2, 3, 4, 5, 6)));
      assertThat(cloud.xyz()).as(type).containsExactly(1, 2, 3, 4, 5, 6);
    }
    byte[] signs = {-1, -2, -3};
    assertThat(npyCloud(npy("|u1", false, "1,3", signs)).xyz()).containsExactly(255, 254, 253);
    assertThat(npyCloud(npy("|i1", false, "1,3", signs)).xyz()).containsExactly(-1, -2, -3);
    byte[] large = data("<i8", -1, -1, -1);
    assertThat(npyCloud(npy("<u8", false, "1,3", large)).xyz()).containsOnly(0x1p64f);
  }

  @Test
  void readsColumnsFirstAndLaterVersions() throws CorruptInputException {
    assertThat(npyCloud(npy("<f4", true, "2, 3", data("<f4", 1, 4, 2, 5, 3, 6))).xyz())
        .containsExactly(1, 2, 3, 4, 5, 6);
    String header = "{'shape': (2,3), 'fortran_order': False, 'descr': '<f4'}";
    for (int version = 1; version <= 3; version++) {
      assertThat(npyCloud(npy(version, header, data("<f4", SIX))).xyz()).containsExactly(SIX);
    }
  }

  @Test
  void halvesBelowTheNormalOnesAndInfinitiesAreKept() throws CorruptInputException {
    byte[] small = {1, 0, 0, (byte) 0x80, (byte) 0xFF, 3};
    assertThat(npyCloud(npy("<f2", false, "1, 3", small)).xyz())
        .containsExactly(0x1p-24f, -0f, 1023 * 0x1p-24f);
    byte[] infinite = {0, 0x7C, 0, 0, 0, 0};
    Faults.expect("a.npy", npy("<f2", false, "1, 3", infinite), Reason.NOT_FINITE, "Infinity");
  }

  @Test
  void columnsThreeToFiveAreColors() throws CorruptInputException {
    assertThat(npyCloud(npy("<f4", false, "1, 6", data("<f4", 1, 2, 3, 0, 0.5f, 1))).rgb())
        .containsExactly(0, 0.5f, 1);
    assertThat(npyCloud(npy("<f4", false, "1, 6", data("<f4", 1, 2, 3, 0, 51, 255))).rgb())
        .containsExactly(0, 0.2f, 1);
    assertThat(npyCloud(npy("|u1", true, "1, 6", data("|u1", 1, 2, 3, 0, 51, 255))).xyz())
        .containsExactly(1, 2, 3);
  }

  private static byte[] zip(int method, Object... namesAndBytes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndBytes.length; i += 2) {
        ZipEntry entry = new ZipEntry((String) namesAndBytes[i]);
        byte[] content = (byte[]) namesAndBytes[i + 1];
        entry.setMethod(method);
        if (method == ZipEntry.STORED) {
          CRC32 crc = new CRC32();
          crc.update(content);
          entry.setCrc(crc.getValue());
          entry.setSize(content.length);
        }
        zip.putNextEntry(entry);
        zip.write(content);
      }
    }
    return bytes.toByteArray();
  }

  private static final byte[] PLACES = npy("<f4", false, "2, 3", data("<f4", SIX));
  private static final byte[] TINTS = npy("|u1", false, "2, 3", data("|u1", 127, 0, 51, 102, 0, 0));

  @Test
  void takesArraysByTheirNames() throws IOException, CorruptInputException {
    byte[] objects = npy("|O", false, "2, 3", new byte[9]);
    byte[] labels = npy("<i8", false, "", data("<i8", 1));
    for (int method : new int[] {ZipEntry.STORED, ZipEntry.DEFLATED}) {
      byte[] bytes =
          zip(
              method,
              "names.npy",
              objects,
              "rgb.npy",
              TINTS,
              "label.npy",
              labels,
              "other.npy",
              TINTS,
              "read.me",
              new byte[3],
              "xyz.npy",
              PLACES);
      PointCloud cloud = MemoryFiles.of("a.npz", bytes).cloud("a.npz");
      assertThat(cloud.xyz()).containsExactly(SIX);
      assertThat(cloud.rgb()).containsExactly(127 / 255f, 0, 0.2f, 0.4f, 0, 0);
    }
  }

  @Test
  void anOnlyArrayThatFitsNeedsNoNameAndChannelsMayBeApart()
      throws IOException, CorruptInputException {
    byte[] red = npy("<f4", false, "2,", data("<f4", 1, 0.5f));
    byte[] none = npy("<f4", false, "2,", data("<f4", 0, 0));
    byte[] bytes =
        zip(ZipEntry.DEFLATED, "cloud.npy", PLACES, "R.npy", red, "G.npy", none, "B.npy", none);
    PointCloud cloud = MemoryFiles.of("a.npz", bytes).cloud("a.npz");
    assertThat(cloud.xyz()).containsExactly(SIX);
    assertThat(cloud.rgb()).containsExactly(1, 0, 0, 0.5f, 0, 0);
  }

  @Test
  void namesWhatIsWrongWithArrays() {
    Faults.expect("a.npy", new byte[0], Reason.TRUNCATED, "ends in its header");
    Faults.expect("a.npy", "x", Reason.BAD_MAGIC, "no .npy file");
    Faults.expect(
        "a.npy", npy("|O", false, "2, 3", new byte[9]), Reason.UNSUPPORTED, "plain numbers");
    Faults.expect(
        "a.npy", npy("<c8", false, "2, 3", new byte[48]), Reason.UNSUPPORTED, "plain numbers");
    Faults.expect(
        "a.npy", npy("<f4", false, "6,", data("<f4", SIX)), Reason.UNSUPPORTED, "no [n, 3]");
    Faults.expect(
        "a.npy", npy("<f4", false, "3, 2", data("<f4", SIX)), Reason.UNSUPPORTED, "no [n, 3]");
    Faults.expect("a.npy", npy("<f4", false, "0, 3", new byte[0]), Reason.EMPTY, "no points");
    Faults.expect(
        "a.npy",
        npy("<f4", false, "3, 3", data("<f4", SIX)),
        Reason.TRUNCATED,
        "9 values of 4 bytes");
    Faults.expect(
        "a.npy",
        npy("<f4", false, "1, 3", data("<f4", SIX)),
        Reason.BAD_HEADER,
        "size is not that");
    Faults.expect(
        "a.npy",
        npy("<f4", false, "999999999, 3", data("<f4", SIX)),
        Reason.COUNT_OVERFLOW,
        "too many values");
    Faults.expect(
        "a.npy",
        npy("<f4", false, "9999999999999, 3", new byte[3]),
        Reason.COUNT_OVERFLOW,
        "9999999999999");
    Faults.expect("a.npy", npy(4, "{}", new byte[3]), Reason.BAD_HEADER, "version is 4");
    Faults.expect(
        "a.npy",
        npy(1, "{'descr': '<f4', 'shape': (1,3)}", new byte[12]),
        Reason.BAD_HEADER,
        "no order");
    MemoryFiles two = MemoryFiles.of("a.npy", PLACES);
    Faults.expect(
        two,
        "a.npy",
        GivenLimits.of("vertices = 1, faces = 1"),
        Reason.COUNT_OVERFLOW,
        "Vertex count 2");
  }

  @Test
  void namesWhatIsWrongWithArchives() throws IOException {
    int deflated = ZipEntry.DEFLATED;
    Faults.expect("a.npz", PLACES, Reason.BAD_MAGIC, "no .npz file");
    Faults.expect(
        "a.npz",
        zip(deflated, "a.npy", PLACES, "b.npy", PLACES),
        Reason.UNSUPPORTED,
        "2 are [n, 3] or [n, 6] (a, b)");
    Faults.expect("a.npz", zip(deflated, "a.txt", PLACES), Reason.UNSUPPORTED, "0 are [n, 3]");
    byte[] three = npy("|u1", false, "3, 3", new byte[9]);
    Faults.expect(
        "a.npz",
        zip(deflated, "xyz.npy", PLACES, "rgb.npy", three),
        Reason.BAD_HEADER,
        "'rgb' has 3 rows for 2 points");
    Faults.expect(
        "a.npz", zip(deflated, "xyz.npy", new byte[] {1}), Reason.BAD_MAGIC, "a.npz/xyz.npy");
    byte[] bomb = npy("<f4", false, "1000000, 3", new byte[12_000_000]);
    Faults.expect(
        "a.npz", zip(deflated, "xyz.npy", bomb), Reason.TOO_LARGE, "It unpacks to more than");
    byte[] good = zip(deflated, "xyz.npy", PLACES);
    Limits few = GivenLimits.of("zip-entries = 1");
    byte[] two = zip(deflated, "a", new byte[1], "xyz.npy", PLACES);
    Faults.expect(
        MemoryFiles.of("a.npz", two), "a.npz", few, Reason.TOO_LARGE, "more than 1 entries");
    Limits small = GivenLimits.of("zip-bytes = 50");
    Faults.expect(
        MemoryFiles.of("a.npz", good), "a.npz", small, Reason.TOO_LARGE, "more than 50 bytes");
    byte[] flipped = zip(ZipEntry.STORED, "xyz.npy", PLACES);
    flipped[30 + "xyz.npy".length() + PLACES.length - 2] ^= 1;
    Faults.expect("a.npz", flipped, Reason.CORRUPT_INPUT, "CRC");
  }

  @Test
  void anyDamageIsAShapeOrANamedFault() throws IOException {
    assertThat(Faults.truncated("a.npy", PLACES)).isZero();
    Faults.damaged("a.npy", PLACES, 3000);
    for (int method : new int[] {ZipEntry.STORED, ZipEntry.DEFLATED}) {
      byte[] bytes = zip(method, "xyz.npy", PLACES, "rgb.npy", TINTS);
      assertThat(Faults.truncated("a.npz", bytes)).isZero();
      Faults.damaged("a.npz", bytes, 3000);
    }
  }
}
