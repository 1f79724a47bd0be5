package org.trispike.datasets.format.label;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Map;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Hostile;
import org.trispike.datasets.format.Source;

/** Annotations and maps of any bytes. Replays its corpus unless it is told to fuzz. */
final class LabelFuzzTest {
  private static final PanopticImage PICTURE =
      new PanopticImage(
          4,
          "a.jpg",
          "a.png",
          2,
          2,
          List.of(new PanopticSegment(255, 1, false), new PanopticSegment(0xFF00, 2, false)));

  @FuzzTest
  void coco(byte[] bytes) {
    Hostile.read("instances.json", bytes, LabelFuzzTest::drawn);
  }

  /** Annotations, with the masks of pictures that are not too large to draw. */
  private static CocoAnnotations drawn(Source source) throws CorruptInputException {
    CocoAnnotations coco = CocoAnnotations.read(source);
    for (CocoImage image : coco.images()) {
      if ((long) image.width() * image.height() <= 1 << 16) {
        image.annotations().stream()
            .map(CocoAnnotation::outline)
            .filter(Polygons.class::isInstance)
            .forEach(outline -> outline.mask(image.width(), image.height()));
      }
    }
    return coco;
  }

  @FuzzTest
  void panoptic(byte[] bytes) {
    Hostile.read("panoptic.json", bytes, PanopticAnnotations::read);
  }

  @FuzzTest
  void panopticMap(byte[] bytes) {
    Hostile.read("a.png", bytes, source -> PanopticMaps.read(source, PICTURE));
  }

  @FuzzTest
  void voc(byte[] bytes) {
    Hostile.read("a.xml", bytes, VocAnnotation::read);
  }

  @FuzzTest
  void map(byte[] bytes) {
    Hostile.read("a.png", bytes, CityscapesMaps::instances);
  }

  @FuzzTest
  void ade(byte[] bytes) {
    Hostile.read("a_seg.png", bytes, AdeMaps::full);
  }

  @FuzzTest
  void yolo(byte[] bytes) {
    Hostile.read("a.txt", bytes, source -> YoloLabels.read(source, 64, 48, Map.of(0, "a", 1, "b")));
  }

  @FuzzTest
  void yoloNames(byte[] bytes) {
    Hostile.read("data.yaml", bytes, YoloLabels::names);
  }

  @FuzzTest
  void eventBoxes(byte[] bytes) {
    Hostile.read("a_bbox.npy", bytes, source -> EventBoxes.read(source, EventBoxes.GEN1_CLASSES));
  }

  @FuzzTest
  void gestures(byte[] bytes) {
    Hostile.read("user01_labels.csv", bytes, GestureLabels::read);
  }
}
