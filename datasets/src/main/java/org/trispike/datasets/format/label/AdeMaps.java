package org.trispike.datasets.format.label;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;
import org.trispike.datasets.format.StoredPixels;
import org.trispike.datasets.format.TextLine;

/** Reads the maps of ADE20K, in full and as its scene parsing benchmark has them. */
public final class AdeMaps {
  private static final int SCENE_CLASSES = 150;

  private AdeMaps() {}

  /** A map of the benchmark: classes 1 to 150; 0, for whatever else there is, is void. */
  public static ClassMap scene(Source source) throws CorruptInputException {
    return ClassMap.read(source, SCENE_CLASSES, 0);
  }

  /**
   * A map of the full data set (_seg.png): the class is red / 10 · 256 + green, and the object
   * blue; class 0 is void.
   */
  public static SegmentMap full(Source source) throws CorruptInputException {
    StoredPixels pixels = StoredPixels.read(source);
    pixels.checkColours(source);
    short[] ids = new short[pixels.width() * pixels.height()];
    int[] objects = new int[ids.length];
    for (int y = 0, i = 0; y < pixels.height(); y++) {
      int[] row = pixels.row(y);
      for (int at = 0; at < row.length; at += pixels.channels(), i++) {
        ids[i] = (short) (row[at] / 10 * 256 + row[at + 1]);
        objects[i] = row[at + 2];
      }
    }
    return new SegmentMap(new ClassMap(pixels.width(), pixels.height(), ids, 0), objects);
  }

  /** The names of the benchmark's classes, by number, in objectInfo150.txt. */
  public static SortedMap<Integer, String> names(Source source) throws CorruptInputException {
    SortedMap<Integer, String> names = new TreeMap<>();
    for (TextLine line : TextLine.read(source)) {
      String[] cells = line.cells('\t');
      line.check(cells.length == 5, "It has %s columns, not 5", cells.length);
      if (!names.isEmpty() || !cells[0].equals("Idx")) {
        int number = (int) line.whole(cells[0], 1, SCENE_CLASSES);
        line.check(names.put(number, cells[4]) == null, "Class %s stands there twice", number);
      }
    }
    source.check(
        names.size() == SCENE_CLASSES, Reason.BAD_ROW, "It names %s classes", names.size());
    return Collections.unmodifiableSortedMap(names);
  }
}
