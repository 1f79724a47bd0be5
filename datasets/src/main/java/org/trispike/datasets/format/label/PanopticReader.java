package org.trispike.datasets.format.label;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;

/** Reads {@link PanopticAnnotations}. */
final class PanopticReader {
  private final Source source;
  private final CocoHeads heads;
  private final Map<Long, String> maps = new LinkedHashMap<>();
  private final Map<Long, List<PanopticSegment>> segments = new LinkedHashMap<>();
  private long imageId;
  private String map;
  private List<PanopticSegment> own;
  private Set<Integer> ownIds;
  private int id;
  private int categoryId;
  private boolean crowd;

  PanopticReader(Source source) {
    this.source = source;
    this.heads = new CocoHeads(source);
  }

  PanopticAnnotations read() throws CorruptInputException {
    heads.read(source, this::annotations);
    List<PanopticImage> images = new ArrayList<>();
    for (Map.Entry<Long, String> entry : maps.entrySet()) {
      CocoHeads.Head head = heads.images().get(entry.getKey());
      source.check(head != null, Reason.BAD_ROW, "The picture %s is not listed", entry.getKey());
      for (PanopticSegment segment : segments.get(head.id())) {
        source.check(
            heads.categories().containsKey(segment.categoryId()),
            Reason.BAD_ROW,
            "The category %s is not listed",
            segment.categoryId());
      }
      images.add(
          new PanopticImage(
              head.id(),
              head.file(),
              entry.getValue(),
              head.width(),
              head.height(),
              segments.get(head.id())));
    }
    SortedMap<Integer, PanopticAnnotations.PanopticCategory> categories = new TreeMap<>();
    heads
        .categories()
        .forEach(
            (number, category) ->
                categories.put(
                    number,
                    new PanopticAnnotations.PanopticCategory(category.name(), category.thing())));
    return new PanopticAnnotations(categories, images);
  }

  private void annotations(JsonCursor json) throws IOException, CorruptInputException {
    json.objects(
        "annotations",
        () -> {
          imageId = -1;
          map = null;
          own = new ArrayList<>();
          ownIds = new HashSet<>();
        },
        name -> {
          switch (name) {
            case "image_id" -> imageId = json.whole("image_id", 0, CocoReader.MOST_ID);
            case "file_name" -> map = json.text("file_name");
            case "segments_info" -> segments(json);
            default -> json.skip();
          }
        },
        () -> {
          json.check(imageId >= 0 && map != null, "An annotation has no image_id or file_name");
          json.check(
              maps.put(imageId, map) == null, "The picture " + imageId + " has two annotations");
          segments.put(imageId, own);
        });
  }

  private void segments(JsonCursor json) throws IOException, CorruptInputException {
    json.objects(
        "segments_info",
        () -> {
          id = 0;
          categoryId = 0;
          crowd = false;
        },
        name -> {
          switch (name) {
            case "id" -> id = (int) json.whole("id", 1, PanopticSegment.MOST_ID);
            case "category_id" -> categoryId = (int) json.whole("category_id", 1, CocoHeads.MOST);
            case "iscrowd" -> crowd = json.whole("iscrowd", 0, 1) == 1;
            default -> json.skip();
          }
        },
        () -> {
          json.check(id > 0 && categoryId > 0, "A segment has no id or no category_id");
          json.check(ownIds.add(id), "The segment " + id + " stands there twice");
          own.add(new PanopticSegment(id, categoryId, crowd));
        });
  }
}
