package org.trispike.datasets.format.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.IdList;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.format.LocalFiles;
import org.trispike.datasets.format.SharedData;
import org.trispike.datasets.format.Source;

/** Real annotations. What is expected of masks was found by pycocotools, of maps by Pillow. */
final class RealLabelsTest {
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
      SegmentMap map = PanopticMaps.read(file(root + "/" + image.map()), image);
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

  @Test
  void sceneParsing() throws CorruptInputException {
    assertThat(AdeMaps.names(file("ade20k/objectInfo150.txt")))
        .hasSize(150)
        .containsEntry(1, "wall")
        .containsEntry(150, "flag");
    ClassMap map = AdeMaps.scene(file("ade20k/annotations/ADE_val_00000001.png"));
    assertThat(map.width()).isEqualTo(683);
    assertThat(map.height()).isEqualTo(512);
    long[] counts = new long[151];
    for (short id : map.ids()) {
      counts[id]++;
    }
    assertThat(counts).startsWith(3613, 14538, 123406, 134492, 0, 8784, 0, 1755);
    assertThat(counts[10]).isEqualTo(53099);
    assertThat(counts[18]).isEqualTo(10009);
  }

  @Test
  void voc() throws CorruptInputException {
    String root = "voc_coco_tiny/VOCdevkit/VOC2012/";
    VocAnnotation annotation = VocAnnotation.read(file(root + "Annotations/000001.xml"));
    assertThat(annotation.objects())
        .containsExactly(
            new VocObject(new Box2d(138, 199, 69, 102, "train"), "Unspecified", false, false));
    assertThat(IdList.read(file(root + "ImageSets/Main/trainval.txt"))).containsExactly("000001");
    ClassMap palette = VocMaps.classes(file("seg_pseudo/seg.png"));
    int ones = 0;
    for (short id : palette.ids()) {
      ones += id;
    }
    assertThat(palette.ids()).hasSize(19872 + 127584);
    assertThat(ones).isEqualTo(127584);
  }

  @Test
  void yolo() throws CorruptInputException {
    SortedMap<Integer, String> names =
        YoloLabels.names(file("coco128_yolo/object_detection/config.yaml"));
    assertThat(names).hasSize(80).containsEntry(45, "bowl");
    List<YoloObject> boxes =
        YoloLabels.read(
            file("coco128_yolo/object_detection/labels/train2017/000000000009.txt"),
            640,
            480,
            names);
    SortedMap<Integer, String> all =
        YoloLabels.names(file("coco128_yolo/instance_segmentation/config.yaml"));
    assertThat(boxes.get(0).box().category()).isEqualTo("bowl");
    assertThat(boxes.get(0).box().x()).isCloseTo(1.08, within(0.01));
    assertThat(boxes.get(0).box().bottom()).isCloseTo(473.53, within(0.01));
    for (String id : List.of("000000000009", "000000000025", "000000000030")) {
      String path = "coco128_yolo/instance_segmentation/labels/train2017/" + id + ".txt";
      for (YoloObject object : YoloLabels.read(file(path), 640, 480, all)) {
        assertThat(object.outline().mask(640, 480).area()).isPositive();
      }
    }
  }
}
