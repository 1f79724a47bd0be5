package org.trispike.datasets.format.label;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;
import org.trispike.datasets.format.TextLine;
import org.trispike.datasets.format.YamlSubset;

/**
 * Reads labels in YOLO's form: a line an object, its class and either the middle and the size of a
 * box or the corners of a polygon, as shares of the picture's sides.
 */
public final class YoloLabels {
  private static final int BOX_WORDS = 5;
  private static final int MOST_CLASSES = 100_000;

  /** Shares are written with six digits, and sums of them may be a little above 1. */
  private static final double ROUNDING = 1e-3;

  private YoloLabels() {}

  /**
   * The objects in a file; an empty one has none.
   *
   * @param width of the picture in pixels, which the file does not tell
   * @param height of the picture in pixels
   * @param names of the classes by number
   */
  public static List<YoloObject> read(
      Source source, int width, int height, Map<Integer, String> names)
      throws CorruptInputException {
    List<YoloObject> objects = new ArrayList<>();
    for (TextLine line : TextLine.read(source)) {
      String[] words = line.words();
      boolean box = words.length == BOX_WORDS;
      line.check(
          box || (words.length > BOX_WORDS + 1 && words.length % 2 == 1),
          "%s words are neither a box nor a polygon",
          words.length);
      int classId = (int) line.whole(words[0], 0, MOST_CLASSES);
      String name = names.get(classId);
      line.check(name != null, "Class %s has no name", classId);
      double[] pixels = new double[words.length - 1];
      for (int i = 0; i < pixels.length; i++) {
        double share = line.decimal(words[i + 1]);
        boolean within = share >= -ROUNDING && share <= 1 + ROUNDING;
        line.check(within, "%s is no share of a picture's side", words[i + 1]);
        pixels[i] = share * (i % 2 == 0 ? width : height);
      }
      Polygons outline = box ? Polygons.NONE : polygon(line, pixels);
      Box2d around = box ? box(line, pixels, name) : around(pixels, name);
      objects.add(new YoloObject(around.clipped(width, height), classId, outline));
    }
    return List.copyOf(objects);
  }

  private static Polygons polygon(TextLine line, double[] corners) throws CorruptInputException {
    try {
      return new Polygons(List.of(corners));
    } catch (IllegalArgumentException e) {
      throw line.fault(Reason.BAD_ROW, "%s", e.getMessage());
    }
  }

  private static Box2d box(TextLine line, double[] p, String name) throws CorruptInputException {
    line.check(p[2] >= 0 && p[3] >= 0, "A box has a negative size");
    return new Box2d(p[0] - p[2] / 2, p[1] - p[3] / 2, p[2], p[3], name);
  }

  private static Box2d around(double[] corners, String name) {
    double left = corners[0];
    double top = corners[1];
    double right = left;
    double bottom = top;
    for (int i = 2; i < corners.length; i += 2) {
      left = Math.min(left, corners[i]);
      right = Math.max(right, corners[i]);
      top = Math.min(top, corners[i + 1]);
      bottom = Math.max(bottom, corners[i + 1]);
    }
    return new Box2d(left, top, right - left, bottom - top, name);
  }

  /** The names of the classes in a data set's YAML file: a mapping or a list of them. */
  public static SortedMap<Integer, String> names(Source source) throws CorruptInputException {
    JsonNode node = YamlSubset.read(source).path("names");
    source.check(node.size() > 0, Reason.BAD_ROW, "It has no names of classes");
    SortedMap<Integer, String> names = new TreeMap<>();
    if (node.isArray()) {
      for (JsonNode name : node) {
        names.put(names.size(), name.asText());
      }
      return names;
    }
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      boolean number = entry.getKey().matches("\\d{1,6}");
      source.check(number, Reason.BAD_ROW, "'%s' is no class", Source.brief(entry.getKey()));
      names.put(Integer.parseInt(entry.getKey()), entry.getValue().asText());
    }
    return names;
  }
}
