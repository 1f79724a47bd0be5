package org.trispike.datasets.format.label;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;

/**
 * Reads {@link CocoAnnotations}. The lists of a file come in any order, so that annotations find
 * their picture and category at its end.
 */
final class CocoReader {
  /** Numbers that are exact in double precision. */
  static final long MOST_ID = 1L << 53;

  private static final class Draft {
    private long id = -1;
    private long imageId = -1;
    private int categoryId = -1;
    private double[] bbox = {};
    private double area;
    private boolean crowd;
    private Outline outline = Polygons.NONE;
  }

  private final Source source;
  private final CocoHeads heads;
  private final Map<Long, List<Draft>> drafts = new HashMap<>();
  private final Set<Long> ids = new HashSet<>();
  private Draft draft;
  private long clipped;

  CocoReader(Source source) {
    this.source = source;
    this.heads = new CocoHeads(source);
  }

  CocoAnnotations read() throws CorruptInputException {
    heads.read(source, this::annotations);
    List<CocoImage> images = new ArrayList<>();
    for (CocoHeads.Head head : heads.images().values()) {
      List<CocoAnnotation> annotations = new ArrayList<>();
      List<Draft> own = drafts.remove(head.id());
      for (Draft each : own == null ? List.<Draft>of() : own) {
        annotations.add(annotation(each, head));
      }
      images.add(new CocoImage(head.id(), head.file(), head.width(), head.height(), annotations));
    }
    for (List<Draft> rest : drafts.values()) {
      Draft lost = rest.get(0);
      throw bad(lost.id, "is of the picture " + lost.imageId + ", which is not listed");
    }
    return new CocoAnnotations(heads.names(), images, clipped);
  }

  private void annotations(JsonCursor json) throws IOException, CorruptInputException {
    json.objects(
        "annotations",
        () -> draft = new Draft(),
        name -> field(json, name),
        () -> {
          json.check(draft.id >= 0, "An annotation has no id");
          json.check(ids.add(draft.id), "The annotation " + draft.id + " stands there twice");
          drafts.computeIfAbsent(draft.imageId, key -> new ArrayList<>()).add(draft);
        });
  }

  private void field(JsonCursor json, String name) throws IOException, CorruptInputException {
    switch (name) {
      case "id" -> draft.id = json.whole("id", 0, MOST_ID);
      case "image_id" -> draft.imageId = json.whole("image_id", 0, MOST_ID);
      case "category_id" -> draft.categoryId = (int) json.whole("category_id", 0, CocoHeads.MOST);
      case "area" -> draft.area = json.number("area");
      case "iscrowd" -> draft.crowd = json.whole("iscrowd", 0, 1) == 1;
      case "bbox" -> draft.bbox = json.numbers("bbox");
      case "segmentation" -> draft.outline = CocoOutlines.read(json);
      default -> json.skip();
    }
  }

  private CocoAnnotation annotation(Draft from, CocoHeads.Head image) throws CorruptInputException {
    String category = heads.names().get(from.categoryId);
    if (category == null) {
      throw bad(from.id, "is of the category " + from.categoryId + ", which is not listed");
    }
    double[] b = from.bbox;
    if (b.length != 4 || b[2] < 0 || b[3] < 0) {
      throw bad(from.id, "has no box of x, y and sizes from 0 on");
    }
    if (from.outline instanceof InstanceMask mask
        && (mask.width() != image.width() || mask.height() != image.height())) {
      throw bad(from.id, "has a mask of another size than its picture");
    }
    Box2d box = new Box2d(b[0], b[1], b[2], b[3], category, from.crowd);
    if (!box.within(image.width(), image.height())) {
      clipped++;
      box = box.clipped(image.width(), image.height());
    }
    return new CocoAnnotation(from.id, box, from.categoryId, from.area, from.outline);
  }

  private CorruptInputException bad(long id, String what) {
    return source.bad(Reason.BAD_ROW, "The annotation %s %s", id, what);
  }
}
