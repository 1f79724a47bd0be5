package org.trispike.datasets.format.lidar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Refusal;
import org.trispike.datasets.format.Source;

final class LearningMapTest {
  private static final Refusal MAP = Refusal.of("m.yaml", LearningMap::read);

  private static final String YAML =
      """
      labels:
        0 : "unlabeled"
        10: "car"
        252: "moving-car"
        40: "road"
      learning_map:
        0 : 0     # "unlabeled"
        10: 1
        252: 1    # "moving-car" to "car"
        40: 2
      learning_map_inv:
        0: 0
        1: 10
        2: 40
      learning_ignore:
        0: True
        1: False
        2: False
      split: # sequence numbers
        train:
          - 0
          - 1
        valid:
          - 8
      """;

  private static LearningMap read(String yaml) throws CorruptInputException {
    return LearningMap.read(Refusal.file("m.yaml", yaml));
  }

  @Test
  void labelsBecomeClasses() throws CorruptInputException {
    LearningMap map = read(YAML);
    assertThat(map.classes())
        .containsExactly(
            new LearningMap.LearningClass("unlabeled", 0, true),
            new LearningMap.LearningClass("car", 10, false),
            new LearningMap.LearningClass("road", 40, false));
    assertThat(map.split(8)).contains("valid");
    assertThat(map.split(1)).contains("train");
    assertThat(map.split(2)).isEmpty();
    Source source = Refusal.file("a.label");
    PointLabels labels = new PointLabels(new int[] {252, 0, 40, 10}, new int[4]);
    assertThat(map.classes(source, labels)).containsExactly(1, 0, 2, 1);
    PointLabels other = new PointLabels(new int[] {0, 13}, new int[2]);
    assertThatThrownBy(() -> map.classes(source, other))
        .hasToString(
            "a.label: INDEX_OUT_OF_RANGE: Point 1 has the label 13, which the learning map lacks");
  }

  @Test
  void namesWhatIsWrong() {
    MAP.expect(Reason.BAD_ROW, "It has no section 'labels'", "a: 1");
    MAP.expect(Reason.BAD_ROW, "It has no section 'split'", YAML.replace("split:", "parts:"));
    MAP.expect(Reason.BAD_ROW, "lacks the class 1", YAML.replace("  1: 10\n", ""));
    MAP.expect(Reason.BAD_ROW, "Its labels lack 11", YAML.replace("1: 10", "1: 11"));
    MAP.expect(Reason.BAD_ROW, "'-1' is no number", YAML.replace("1: 10", "1: -1"));
    MAP.expect(Reason.BAD_ROW, "Label 40 is of class 3", YAML.replace("40: 2", "40: 3"));
    MAP.expect(Reason.BAD_ROW, "Sequence 1 is of two splits", YAML.replace("- 8", "- 1"));
    MAP.ofDamage(YAML.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void recordsCheckWhatTheyHold() {
    List<LearningMap.LearningClass> one = List.of(new LearningMap.LearningClass("a", 0, false));
    assertThatThrownBy(
            () -> new LearningMap(one, new TreeMap<>(Map.of(70_000, 0)), new TreeMap<>()))
        .hasMessage("Label 70000 has more than 16 bits");
  }
}
