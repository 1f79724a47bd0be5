package org.trispike.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.LimitsConfig;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.event.EventReader;
import org.trispike.datasets.format.pickle.Unpickler;

/** Each limit is kept by a file that is exactly at it, and broken by the next larger one. */
final class LimitsTest {
  private static final String SQUARE = "v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\nf 1 2 3\nf 1 3 4\n";

  /** Reads with a limit. */
  private interface Reading {
    Object under(Limits limits) throws CorruptInputException;
  }

  private static void boundary(String key, long size, Reason reason, Reading reading)
      throws CorruptInputException {
    assertThat(reading.under(GivenLimits.of(key + " = " + size))).isNotNull();
    assertThatThrownBy(() -> reading.under(GivenLimits.of(key + " = " + (size - 1))))
        .as(key)
        .isInstanceOfSatisfying(
            CorruptInputException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static Reading shape(String path, byte[] bytes) {
    return limits -> ShapeReader.read(MemoryFiles.of(path, bytes), path, limits);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void theDefaultsAreThoseOfTheConfiguration() {
    assertThat(GivenLimits.of("")).isEqualTo(Limits.defaults());
  }

  @Test
  void everyKeyIsMapped() {
    assertThat(
            GivenLimits.of(
                "file-bytes = 1, vertices = 2, faces = 3, image-pixels = 4, image-side = 5,"
                    + " text-bytes = 6, json-depth = 7, node-depth = 8, zip-entries = 9,"
                    + " zip-ratio = 10, zip-bytes = 11, events = 12"))
        .isEqualTo(new Limits(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
    var keys = ConfigFactory.load().getConfig("data.limits").root().keySet();
    assertThat(keys).hasSize(Limits.class.getRecordComponents().length);
  }

  @Test
  void impossibleLimitsAreNamed() {
    for (String wrong : List.of("vertices = 0", "events = 2147483648", "zip-bytes = -1")) {
      assertThatThrownBy(() -> GivenLimits.of(wrong))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("data.limits." + wrong.substring(0, wrong.indexOf(' ')));
    }
    assertThatThrownBy(() -> LimitsConfig.from(ConfigFactory.empty())).isNotNull();
  }

  @Test
  void bytesVerticesAndFaces() throws CorruptInputException {
    byte[] obj = bytes(SQUARE);
    boundary("file-bytes", obj.length, Reason.TOO_LARGE, shape("a.obj", obj));
    boundary("vertices", 4, Reason.COUNT_OVERFLOW, shape("a.obj", obj));
    boundary("faces", 2, Reason.COUNT_OVERFLOW, shape("a.obj", obj));
  }

  @Test
  void sidesAndPixelsOfPictures() throws CorruptInputException {
    byte[] png = Images.png(new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB));
    boundary("image-side", 20, Reason.TOO_LARGE, limits -> Images.decode("a", png, limits));
    boundary("image-pixels", 200, Reason.TOO_LARGE, limits -> Images.decode("a", png, limits));
  }

  @Test
  void depths() throws CorruptInputException {
    GltfFixture gltf = new GltfFixture();
    gltf.positions(0, 0, 0, 1, 0, 0, 0, 1, 0);
    String mesh = "\"meshes\":[{\"primitives\":[{\"attributes\":{\"POSITION\":0}}]}],";
    String nodes = "\"nodes\":[{\"mesh\":0},{\"children\":[0]},{\"children\":[1]}]";
    byte[] glb = gltf.glb(mesh + nodes);
    boundary("node-depth", 3, Reason.TOO_LARGE, limits -> gltf.read("a.glb", glb, limits));
    boundary("json-depth", 6, Reason.TOO_LARGE, limits -> gltf.read("a.glb", glb, limits));
    byte[] pickle = bytes("]]]aa.");
    boundary("json-depth", 3, Reason.TOO_LARGE, limits -> Unpickler.read("a", pickle, limits));
  }

  @Test
  void archives() throws CorruptInputException, IOException {
    byte[] notes = bytes("not an array");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] cloud = new byte[128 + 1200];
    byte[] header =
        ("\0NUMPY\1\0\166\0{'descr': '<f4', 'fortran_order': False, 'shape': (100, 3)}")
            .getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(header, 0, cloud, 0, header.length);
    java.util.Arrays.fill(cloud, header.length, 128, (byte) ' ');
    cloud[0] = (byte) 0x93;
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("xyz.npy"));
      zip.write(cloud);
      zip.putNextEntry(new ZipEntry("notes.txt"));
      zip.write(notes);
    }
    byte[] npz = out.toByteArray();
    long unpacked = cloud.length + notes.length;
    boundary("zip-entries", 2, Reason.TOO_LARGE, shape("a.npz", npz));
    boundary("zip-bytes", unpacked, Reason.TOO_LARGE, shape("a.npz", npz));
    long ratio = (unpacked + npz.length - 1) / npz.length;
    boundary("zip-ratio", ratio, Reason.TOO_LARGE, shape("a.npz", npz));
  }

  @Test
  void events() throws CorruptInputException {
    MemoryFiles files = MemoryFiles.of("a.bs2", new byte[50]);
    boundary(
        "events",
        10,
        Reason.COUNT_OVERFLOW,
        limits -> EventReader.read(Source.of(files, "a.bs2", limits)));
  }
}
