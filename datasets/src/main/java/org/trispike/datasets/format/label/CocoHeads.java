package org.trispike.datasets.format.label;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;

/** The pictures and categories that a COCO file of any kind lists. */
final class CocoHeads {
  /** Numbers of categories fit into a {@link ClassMap}. */
  static final int MOST = ClassMap.MOST_ID;

  /**
   * A picture.
   *
   * @param id unique in the file
   * @param file its name
   * @param width in pixels
   * @param height in pixels
   */
  record Head(long id, String file, int width, int height) {}

  /**
   * A category.
   *
   * @param id unique in the file
   * @param name of the class
   * @param thing whether its objects can be counted
   */
  record Category(int id, String name, boolean thing) {}

  private final Limits limits;
  private final Map<Long, Head> images = new LinkedHashMap<>();
  private final SortedMap<Integer, Category> categories = new TreeMap<>();
  private long id;
  private String name;
  private int width;
  private int height;
  private boolean thing;

  CocoHeads(Source source) {
    limits = source.limits();
  }

  /** Reads the annotations of a file. */
  interface Annotations {
    void read(JsonCursor json) throws IOException, CorruptInputException;
  }

  /** Reads a file: pictures and categories here, annotations by their own reader. */
  void read(Source source, Annotations annotations) throws CorruptInputException {
    JsonCursor.read(
        source,
        json ->
            name -> {
              switch (name) {
                case "images" -> images(json);
                case "categories" -> categories(json);
                case "annotations" -> annotations.read(json);
                default -> json.skip();
              }
            });
  }

  /** By number, in the order of the file. */
  Map<Long, Head> images() {
    return images;
  }

  SortedMap<Integer, Category> categories() {
    return categories;
  }

  SortedMap<Integer, String> names() {
    SortedMap<Integer, String> names = new TreeMap<>();
    categories.forEach((number, category) -> names.put(number, category.name));
    return names;
  }

  void images(JsonCursor json) throws IOException, CorruptInputException {
    json.objects(
        "images",
        this::clear,
        field -> {
          switch (field) {
            case "id" -> id = json.whole("id", 0, CocoReader.MOST_ID);
            case "file_name" -> name = json.text("file_name");
            case "width" -> width = (int) json.whole("width", 1, Integer.MAX_VALUE);
            case "height" -> height = (int) json.whole("height", 1, Integer.MAX_VALUE);
            default -> json.skip();
          }
        },
        () -> {
          json.check(id >= 0 && name != null, "A picture has no id or no file_name");
          json.check(width > 0 && height > 0, "The picture " + id + " has no size");
          if (Math.max(width, height) > limits.imageSide()
              || (long) width * height > limits.imagePixels()) {
            throw json.bad(
                Reason.TOO_LARGE,
                "The picture " + id + " has " + width + " by " + height + " pixels");
          }
          Head head = new Head(id, name, width, height);
          json.check(images.put(id, head) == null, "The picture " + id + " stands there twice");
        });
  }

  void categories(JsonCursor json) throws IOException, CorruptInputException {
    json.objects(
        "categories",
        this::clear,
        field -> {
          switch (field) {
            case "id" -> id = json.whole("id", 0, MOST);
            case "name" -> name = json.text("name");
            case "isthing" -> thing = json.whole("isthing", 0, 1) == 1;
            default -> json.skip();
          }
        },
        () -> {
          json.check(id >= 0 && name != null, "A category has no id or no name");
          Category category = new Category((int) id, name, thing);
          json.check(
              categories.put((int) id, category) == null,
              "The category " + id + " stands there twice");
        });
  }

  private void clear() {
    id = -1;
    name = null;
    width = 0;
    height = 0;
    thing = true;
  }
}
