package org.trispike.datasets.format.label;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Ints;
import org.trispike.datasets.format.Reason;

/**
 * Reads the outlines in COCO's JSON: a list of polygons, or runs, either as a list of lengths or as
 * a packed string.
 */
final class CocoOutlines {
  private static final class Draft {
    private double[] size = {};
    private final Ints runs = new Ints();
    private String packed;
  }

  private CocoOutlines() {}

  static Outline read(JsonCursor json) throws IOException, CorruptInputException {
    try {
      if (json.atObject()) {
        return mask(json);
      }
      if (json.atNull()) {
        return Polygons.NONE;
      }
      List<double[]> parts = new ArrayList<>();
      json.list("segmentation", () -> parts.add(json.numbers("A polygon")));
      return parts.isEmpty() ? Polygons.NONE : new Polygons(parts);
    } catch (IllegalArgumentException e) {
      throw json.bad(Reason.BAD_ROW, e.getMessage());
    }
  }

  private static InstanceMask mask(JsonCursor json) throws IOException, CorruptInputException {
    Draft draft = new Draft();
    json.object(
        "segmentation",
        name -> {
          if (name.equals("size")) {
            draft.size = json.numbers("size");
          } else if (name.equals("counts") && json.atText()) {
            draft.packed = json.text("counts");
          } else if (name.equals("counts")) {
            json.list(
                "counts", () -> draft.runs.add((int) json.whole("A run", 0, Integer.MAX_VALUE)));
          } else {
            json.skip();
          }
        });
    json.check(draft.size.length == 2, "A mask has no size of height and width");
    int[] runs = draft.packed == null ? draft.runs.toArray() : RunString.unpacked(draft.packed);
    return new InstanceMask((int) draft.size[1], (int) draft.size[0], runs);
  }
}
