package org.trispike.datasets.format.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Refusal;

final class YoloLabelsTest {
  private static final Map<Integer, String> NAMES = Map.of(0, "person", 45, "bowl");
  private static final Refusal YOLO =
      Refusal.of("labels/1.txt", source -> YoloLabels.read(source, 100, 50, NAMES));

  @Test
  void sharesBecomePixels() throws CorruptInputException {
    List<YoloObject> objects =
        YoloLabels.read(
            Refusal.file("1.txt", "45 0.5 0.5 0.25 0.5", "0 0.1 0.2 0.5 0.2 0.5 1.0", ""),
            100,
            50,
            NAMES);
    assertThat(objects)
        .containsExactly(
            new YoloObject(new Box2d(37.5, 12.5, 25, 25, "bowl"), 45, Polygons.NONE),
            new YoloObject(
                new Box2d(10, 10, 40, 40, "person"),
                0,
                new Polygons(List.of(new double[] {10, 10, 50, 10, 50, 50}))));
    assertThat(YoloLabels.read(Refusal.file("1.txt", ""), 100, 50, NAMES)).isEmpty();
  }

  @Test
  void namesOfClasses() throws CorruptInputException {
    String mapping = "path: .\nnames:\n  0: person\n  45: 'bowl'\n";
    assertThat(YoloLabels.names(Refusal.file("a.yaml", mapping))).isEqualTo(NAMES);
    assertThat(YoloLabels.names(Refusal.file("a.yaml", "names: [a, b]")).toString())
        .isEqualTo("{0=a, 1=b}");
    Refusal names = Refusal.of("a.yaml", YoloLabels::names);
    names.expect(Reason.BAD_ROW, "It has no names of classes", "nc: 3");
    names.expect(Reason.BAD_ROW, "'x' is no class", "names:\n  x: y");
  }

  @Test
  void namesWhatIsWrong() {
    YOLO.expect(Reason.BAD_ROW, "Line 2: Class 1 has no name", "0 0 0 0 0\n1 0 0 0 0");
    YOLO.expect(Reason.BAD_ROW, "6 words are neither a box nor a polygon", "0 0 0 0 0 0");
    YOLO.expect(Reason.BAD_ROW, "8 words are neither", "0 0 0 0 0 0 0 0");
    YOLO.expect(Reason.BAD_ROW, "1.5 is no share of a picture's side", "0 1.5 0 0 0");
    String zigzag = "0" + " 0 0 1 1".repeat(40_000);
    YOLO.expect(Reason.BAD_ROW, "Line 1: The border of a polygon is", zigzag);
    YOLO.expect(Reason.BAD_ROW, "'nan' is no number", "0 nan 0 0 0");
    YOLO.ofDamage(
        "45 0.5 0.5 0.25 0.5\n0 0.1 0.2 0.5 0.2 0.5 1.0".getBytes(StandardCharsets.UTF_8));
  }
}
