package org.trispike.datasets.format.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Refusal;

final class EventBoxesTest {
  private static final Refusal BOXES =
      Refusal.of("a_bbox.npy", source -> EventBoxes.read(source, EventBoxes.GEN1_CLASSES));

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in = EventBoxesTest.class.getResourceAsStream("/boxes/" + name)) {
      return in.readAllBytes();
    }
  }

  /** The same file with other text in its header, of the same length. */
  private static byte[] with(byte[] bytes, String from, String to) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    assertThat(text).contains(from);
    return text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void tablesOfBothKindsHoldTheSameBoxesInOrderOfTime() throws IOException, CorruptInputException {
    for (String name : List.of("gen1_bbox.npy", "old_bbox.npy")) {
      List<EventBox> boxes =
          EventBoxes.read(Refusal.file(name, bytes(name)), EventBoxes.GEN1_CLASSES);
      assertThat(boxes)
          .containsExactly(
              new EventBox(1_000_000, new Box2d(-3, 200, 50, 60.5, "car"), 0, 0.5, 4_000_000_000L),
              new EventBox(2_000_000, new Box2d(10.5, 20.25, 30, 40, "pedestrian"), 1, 1, 7),
              new EventBox(2_000_000, new Box2d(1, 2, 3, 4, "car"), 0, 1, 8));
    }
  }

  @Test
  void namesWhatIsWrong() throws IOException {
    byte[] good = bytes("gen1_bbox.npy");
    BOXES.expect(Reason.TRUNCATED, "3 rows of 33 bytes", Arrays.copyOf(good, good.length - 1));
    BOXES.expect(Reason.BAD_HEADER, "not that of its shape", Arrays.copyOf(good, good.length + 1));
    BOXES.expect(Reason.BAD_HEADER, "It has no column h", with(good, "'h'", "'H'"));
    BOXES.expect(Reason.BAD_HEADER, "Two columns are called y", with(good, "'x'", "'y'"));
    BOXES.expect(
        Reason.UNSUPPORTED, "Its column x holds no", with(good, "'x', '<f4'", "'x', '|S4'"));
    BOXES.expect(
        Reason.UNSUPPORTED, "not all plain numbers", with(good, "'x', '<f4'", "'x',('<f4"));
    BOXES.expect(Reason.UNSUPPORTED, "or tracks are no integers", with(good, "'<u4'", "'<f4'"));
    BOXES.expect(Reason.UNSUPPORTED, "It is no table", with(good, "'descr': [", "'descr': ("));
    BOXES.expect(Reason.BAD_MAGIC, "It is no .npy file", new byte[40]);
    byte[] other = good.clone();
    other[other.length - 9] = 2;
    BOXES.expect(Reason.INDEX_OUT_OF_RANGE, "Box 2 is of class 2", other);
    byte[] negative = good.clone();
    negative[negative.length - 10] = (byte) 0xC0;
    BOXES.expect(Reason.BAD_ROW, "Box 2: A box is 3.0 by -4.0 pixels", negative);
    BOXES.ofDamage(good);
    BOXES.ofDamage(bytes("old_bbox.npy"));
  }

  @Test
  void gestures() throws CorruptInputException {
    String csv = "class,startTime_usec,endTime_usec\n1,80048239,85092709\n2,89431170,95231007\n";
    assertThat(GestureLabels.read(Refusal.file("a_labels.csv", csv)).gestures())
        .containsExactly(
            new GestureLabels.Gesture(1, 80048239, 85092709),
            new GestureLabels.Gesture(2, 89431170, 95231007));
    String mapping = "action,label\nhand_clapping,1\nright_hand_wave,2";
    assertThat(GestureLabels.names(Refusal.file("gesture_mapping.csv", mapping)).toString())
        .isEqualTo("{1=hand_clapping, 2=right_hand_wave}");
    Refusal labels = Refusal.of("a_labels.csv", GestureLabels::read);
    labels.expect(Reason.BAD_HEADER, "It does not begin with class,", "1,2,3");
    labels.expect(Reason.BAD_ROW, "Line 2: It has 2 cells", csv.replace(",85092709", ""));
    labels.expect(Reason.BAD_ROW, "Line 2: It ends at 5, before", csv.replace("85092709", "5"));
    Refusal names = Refusal.of("gesture_mapping.csv", GestureLabels::names);
    names.expect(Reason.BAD_ROW, "Line 3: Class 1 stands there twice", mapping.replace("2", "1"));
    names.expect(Reason.EMPTY, "It names no class", "action,label");
  }
}
