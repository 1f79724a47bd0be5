package org.trispike.datasets.format.label;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;
import org.trispike.datasets.format.TextLine;

/**
 * Which gestures are where in a recording of DVS128 Gesture.
 *
 * @param gestures in the order of the file
 */
public record GestureLabels(List<Gesture> gestures) {
  private static final String HEADER = "class,startTime_usec,endTime_usec";
  private static final int MOST_CLASSES = 1000;

  /**
   * A gesture.
   *
   * @param classId its class, from 1 on
   * @param startMicros the time of its first event, in the recording's own time
   * @param endMicros the time at which it is over
   */
  public record Gesture(int classId, long startMicros, long endMicros) {
    public Gesture {
      if (startMicros < 0 || endMicros <= startMicros) {
        throw new IllegalArgumentException(
            "A gesture from " + startMicros + " to " + endMicros + " µs");
      }
    }
  }

  public GestureLabels {
    gestures = List.copyOf(gestures);
  }

  /** The labels in a file _labels.csv. */
  public static GestureLabels read(Source source) throws CorruptInputException {
    List<TextLine> lines = TextLine.read(source);
    source.check(
        !lines.isEmpty() && lines.get(0).text().strip().equals(HEADER),
        Reason.BAD_HEADER,
        "It does not begin with %s",
        HEADER);
    List<Gesture> gestures = new ArrayList<>();
    for (TextLine line : lines.subList(1, lines.size())) {
      String[] cells = line.cells(',');
      line.check(cells.length == 3, "It has %s cells, not 3", cells.length);
      int classId = (int) line.whole(cells[0], 1, MOST_CLASSES);
      long start = line.whole(cells[1], 0, Long.MAX_VALUE);
      long end = line.whole(cells[2], 0, Long.MAX_VALUE);
      line.check(end > start, "It ends at %s, before it starts", end);
      gestures.add(new Gesture(classId, start, end));
    }
    return new GestureLabels(gestures);
  }

  /** The names of the classes, by number, in gesture_mapping.csv: lines of name and number. */
  public static SortedMap<Integer, String> names(Source source) throws CorruptInputException {
    SortedMap<Integer, String> names = new TreeMap<>();
    List<TextLine> lines = TextLine.read(source);
    for (TextLine line : lines) {
      String[] cells = line.cells(',');
      line.check(cells.length == 2, "It has %s cells, not 2", cells.length);
      boolean header = line == lines.get(0) && cells[1].equals("label");
      if (!header) {
        int classId = (int) line.whole(cells[1], 1, MOST_CLASSES);
        line.check(names.put(classId, cells[0]) == null, "Class %s stands there twice", classId);
      }
    }
    source.check(!names.isEmpty(), Reason.EMPTY, "It names no class");
    return names;
  }
}
