package org.trispike.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.format.event.EventReader;
import org.trispike.datasets.format.pickle.OpenShapeRecord;

/** A megabyte of the costliest content of each format takes no more than 64 MB to read. */
final class AllocationTest {
  private static final int MEGABYTE = 1 << 20;

  private static void shape(String path, byte[] bytes) {
    assertThat(bytes.length).isBetween(MEGABYTE / 2, MEGABYTE);
    Hostile.read(() -> ShapeReader.read(MemoryFiles.of(path, bytes), path, Hostile.LIMITS));
  }

  private static byte[] filled(String start, String again, String end) {
    int times = (MEGABYTE - start.length() - end.length()) / again.length();
    return (start + again.repeat(times) + end).getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void textsOfManySmallThings() {
    shape("a.obj", filled("v 0 0 0\nv 1 0 0\nv 0 1 0\n", "f 1 2 3\n", ""));
    shape("a.obj", filled("", "v 0 0 0\n", "f 1 2 3\n"));
    shape("a.obj", filled("mtllib a.mtl\n", "usemtl a\nf 1 1 1\n", ""));
    shape("a.off", filled("OFF\n3 130000 0\n0 0 0\n1 0 0\n0 1 0\n", "3 0 1 2\n", ""));
    shape("a.off", filled("OFF\n170000 0 0\n", "0 0 0\n", ""));
    shape(
        "a.stl",
        filled("solid a\n", "facet outer loop vertex 0 0 0 vertex 1 0 0 vertex 0 1 0\n", ""));
    String ply =
        "ply\nformat ascii 1.0\nelement vertex 170000\nproperty float x\nproperty float y\n"
            + "property float z\nend_header\n";
    shape("a.ply", filled(ply, "0 0 1\n", ""));
  }

  @Test
  void jsonOfManySmallThings() {
    shape("a.gltf", filled("{\"asset\":{\"version\":\"2.0\"},\"nodes\":[{}", ",{}", "]}"));
    shape(
        "a.gltf",
        filled("{\"asset\":{\"version\":\"2.0\"},\"nodes\":[{\"children\":[1", ",1", "]}]}"));
    shape(
        "a.gltf",
        filled("{\"asset\":{\"version\":\"2.0\"},\"meshes\":[{\"primitives\":[{}", ",{}", "]}]}"));
    shape("a.gltf", filled("{\"asset\":{\"version\":\"2.0\"},\"x\":[0", ",0", "]}"));
  }

  @Test
  void headersThatClaimMoreThanThereIs() {
    byte[] stl = Arrays.copyOf(new byte[80], MEGABYTE);
    ByteBuffer.wrap(stl).order(ByteOrder.LITTLE_ENDIAN).putInt(80, Integer.MAX_VALUE);
    shape("a.stl", stl);
    String ply =
        "ply\nformat binary_little_endian 1.0\nelement vertex 9000000\nproperty float x\n"
            + "property float y\nproperty float z\nend_header\n";
    shape("a.ply", filled(ply, "\0", ""));
    shape("a.off", filled("OFF\n9000000 9000000 0\n", "0 ", ""));
    shape(
        "a.npy",
        filled(
            "\u0093NUMPY\1\0\166\0{'descr': '<f8', 'fortran_order': False, 'shape': (9000000, 6)}",
            " ",
            ""));
  }

  @Test
  void archivesAndPictures() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(Deflater.NO_COMPRESSION);
      for (int i = 0; i < 9000; i++) {
        zip.putNextEntry(new ZipEntry(i + ".npy"));
      }
    }
    shape("a.npz", out.toByteArray());
    for (int[] kind : new int[][] {{1, 0}, {8, 2}, {16, 6}}) {
      byte[] claim = pngHeader(16_000, 4_000, kind[0], kind[1]);
      picture(claim, Reason.TOO_LARGE);
      picture(pngHeader(1024, 1024, kind[0], kind[1]), Reason.BAD_IMAGE);
    }
  }

  private static void picture(byte[] bytes, Reason expected) {
    Hostile.read(
        () -> {
          try {
            return Images.decode("a.png", bytes, Hostile.LIMITS);
          } catch (CorruptInputException e) {
            assertThat(e.reason()).isEqualTo(expected);
            throw e;
          }
        });
  }

  private static byte[] pngHeader(int width, int height, int depth, int color) {
    ByteBuffer png = ByteBuffer.allocate(100);
    png.putLong(0x89504E470D0A1A0AL).putInt(13).put("IHDR".getBytes(StandardCharsets.US_ASCII));
    png.putInt(width).putInt(height).put((byte) depth).put((byte) color).put(new byte[3]);
    CRC32 crc = new CRC32();
    crc.update(png.array(), 12, 17);
    return png.putInt((int) crc.getValue()).array();
  }

  @Test
  void picklesAndRecordings() {
    String header = "\u0093NUMPY\1\0\64\0{'descr': '|O', 'fortran_order': False, 'shape': ()}";
    for (String again : new String[] {"]", "}", "N", "(", "K\1", "]\u0094", "h\0", "\u008C\1a"}) {
      byte[] pickle = filled(header, again, ".");
      Hostile.read(
          () ->
              OpenShapeRecord.read(
                  Source.of(MemoryFiles.of("a.npy", pickle), "a.npy", Hostile.LIMITS)));
    }
    for (String path : new String[] {"a.bs2", "a.bs3", "a.bin"}) {
      Hostile.read(
          () ->
              EventReader.read(
                  Source.of(MemoryFiles.of(path, new byte[MEGABYTE]), path, Hostile.LIMITS)));
    }
    byte[] raw = filled("% evt 3.0\n", "\u00FF\u004F", ""); // vectors of twelve events
    Hostile.read(
        () -> EventReader.read(Source.of(MemoryFiles.of("a.raw", raw), "a.raw", Hostile.LIMITS)));
  }
}
