package org.trispike.datasets.format.label;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.NpyTable;
import org.trispike.datasets.format.Numbers;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;

/**
 * Reads Prophesee's boxes (_bbox.npy): a table of times in microseconds ({@code ts}, in older files
 * {@code t}), upper left corners, sizes, classes, confidences and tracks.
 */
public final class EventBoxes {
  /** The classes of the Gen1 automotive data set, by number. Its sensor has 304 × 240 pixels. */
  public static final List<String> GEN1_CLASSES = List.of("car", "pedestrian");

  private EventBoxes() {}

  /**
   * The boxes in order of time.
   *
   * @param classes their names by number
   */
  public static List<EventBox> read(Source source, List<String> classes)
      throws CorruptInputException {
    NpyTable table = NpyTable.read(source.path(), source.bytes());
    Numbers micros = table.column(table.has("ts") ? "ts" : "t");
    Numbers classIds = table.column("class_id");
    Numbers tracks = table.column("track_id");
    source.check(
        micros.whole() && classIds.whole() && tracks.whole(),
        Reason.UNSUPPORTED,
        "Its times, classes or tracks are no integers");
    Numbers x = table.column("x");
    Numbers y = table.column("y");
    Numbers width = table.column("w");
    Numbers height = table.column("h");
    Numbers confidence = table.column("confidence");
    List<EventBox> boxes = new ArrayList<>();
    for (int i = 0; i < table.rows(); i++) {
      long classId = classIds.integer(i);
      source.check(
          classId >= 0 && classId < classes.size(),
          Reason.INDEX_OUT_OF_RANGE,
          "Box %s is of class %s",
          i,
          classId);
      try {
        String name = classes.get((int) classId);
        Box2d box = new Box2d(x.get(i), y.get(i), width.get(i), height.get(i), name);
        boxes.add(
            new EventBox(
                micros.integer(i), box, (int) classId, confidence.get(i), tracks.integer(i)));
      } catch (IllegalArgumentException e) {
        throw source.bad(Reason.BAD_ROW, "Box %s: %s", i, e.getMessage());
      }
    }
    boxes.sort(Comparator.comparingLong(EventBox::micros));
    return List.copyOf(boxes);
  }
}
