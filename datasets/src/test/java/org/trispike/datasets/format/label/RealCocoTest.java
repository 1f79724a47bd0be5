package org.trispike.datasets.format.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.format.LocalFiles;
import org.trispike.datasets.format.SharedData;
import org.trispike.datasets.format.Source;

/** Real annotations. What is expected of masks was found by pycocotools, of maps by Pillow. */
final class RealCocoTest {
  /** SHA-256 of the packed runs of all masks in the order of their ids, a line each. */
  private static final String PACKED =
      "e9721789cc21638c83427d2302351418ddeea352ee6049d4e0c9e90d90f4789b";

  private static Path folder;

  @BeforeAll
  static void findAnnotations() {
    folder = SharedData.folder("det2d");
  }

  private static Source file(String path) {
    return Source.of(new LocalFiles(folder), path, Limits.defaults());
  }

  @Test
  void instances() throws CorruptInputException, NoSuchAlgorithmException {
    CocoAnnotations coco = CocoAnnotations.read(file("coco_eval/instances_val2014_100.json"));
    assertThat(coco.categories())
        .hasSize(80)
        .containsEntry(1, "person")
        .containsEntry(90, "toothbrush");
    assertThat(coco.images()).hasSize(100);
    assertThat(coco.clipped()).isZero();
    int crowds = 0;
    long pixels = 0;
    double area = 0;
    Map<Long, String> packed = new TreeMap<>();
    for (CocoImage image : coco.images()) {
      for (CocoAnnotation annotation : image.annotations()) {
        InstanceMask mask = annotation.outline().mask(image.width(), image.height());
        packed.put(annotation.id(), mask.packed());
        pixels += mask.area();
        area += annotation.area();
        crowds += annotation.box().crowd() ? 1 : 0;
      }
    }
    assertThat(packed).hasSize(839);
    assertThat(crowds).isEqualTo(9);
    assertThat(pixels).isEqualTo(9144836);
    assertThat(area).isCloseTo(9155024.0064, within(1e-3));
    assertThat(sha256(packed.values())).isEqualTo(PACKED);
  }

  private static String sha256(Iterable<String> lines) throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (String line : lines) {
      digest.update((line + "\n").getBytes(StandardCharsets.US_ASCII));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The same maps stand there as pictures of classes, which others made of them. */
  @Test
  void panoptic() throws CorruptInputException {
    String root = "coco128_yolo/panoptic_segmentation/annotations/panoptic_train2017";
    PanopticAnnotations panoptic = PanopticAnnotations.read(file(root + ".json"));
    assertThat(panoptic.categories()).hasSize(133);
    assertThat(panoptic.images()).hasSize(100);
    long[] counts = new long[256];
    for (PanopticImage image : panoptic.images()) {
      PanopticMap map = PanopticMap.read(file(root + "/" + image.map()), image);
      String classes = "coco128_yolo/semantic_segmentation/masks/train2017/" + image.map();
      short[] expected = ClassMap.read(file(classes), 200, 0).ids();
      assertThat(Arrays.equals(map.classes().ids(), expected)).as(classes).isTrue();
      for (short id : map.classes().ids()) {
        counts[id]++;
      }
    }
    assertThat(counts[0]).isEqualTo(2832427);
    assertThat(counts[1]).isEqualTo(2666611);
    assertThat(counts[200]).isEqualTo(67084);
  }
}
