package org.trispike.datasets.format.label;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;

/**
 * What was drawn in a picture of Cityscapes (_polygons.json), from back to front.
 *
 * @param width in pixels
 * @param height in pixels
 * @param areas in the order of the file: a later one covers those before it
 */
public record CityscapesPolygons(int width, int height, List<Area> areas) {
  /**
   * A polygon.
   *
   * @param label the name of a class, or with "group" behind it for objects that nobody told apart
   * @param outline one part
   */
  public record Area(String label, Polygons outline) {
    public Area {
      Objects.requireNonNull(label);
      Objects.requireNonNull(outline);
    }
  }

  public CityscapesPolygons {
    areas = List.copyOf(areas);
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("A picture is " + width + " by " + height + " pixels");
    }
  }

  public static CityscapesPolygons read(Source source) throws CorruptInputException {
    return new Reader().read(source);
  }

  private static final class Reader {
    private final List<Area> areas = new ArrayList<>();
    private int width;
    private int height;
    private String label;
    private Polygons outline;
    private boolean deleted;

    CityscapesPolygons read(Source source) throws CorruptInputException {
      int most = source.limits().imageSide();
      JsonCursor.read(
          source,
          json ->
              name -> {
                switch (name) {
                  case "imgWidth" -> width = (int) json.whole("imgWidth", 1, most);
                  case "imgHeight" -> height = (int) json.whole("imgHeight", 1, most);
                  case "objects" -> areas(json);
                  default -> json.skip();
                }
              });
      source.check(width > 0 && height > 0, Reason.BAD_ROW, "It has no imgWidth or imgHeight");
      return new CityscapesPolygons(width, height, areas);
    }

    private void areas(JsonCursor json) throws IOException, CorruptInputException {
      json.objects(
          "objects",
          () -> {
            label = null;
            outline = Polygons.NONE;
            deleted = false;
          },
          name -> {
            switch (name) {
              case "label" -> label = json.text("label");
              case "deleted" -> deleted = json.whole("deleted", 0, 1) == 1;
              case "polygon" -> outline = polygon(json);
              default -> json.skip();
            }
          },
          () -> {
            json.check(label != null && !outline.isEmpty(), "An object has no label or polygon");
            if (!deleted) {
              areas.add(new Area(label, outline));
            }
          });
    }

    private static Polygons polygon(JsonCursor json) throws IOException, CorruptInputException {
      List<double[]> corners = new ArrayList<>();
      json.list("polygon", () -> corners.add(json.numbers("A corner")));
      double[] flat = new double[2 * corners.size()];
      for (int i = 0; i < corners.size(); i++) {
        json.check(corners.get(i).length == 2, "A corner is not x and y");
        System.arraycopy(corners.get(i), 0, flat, 2 * i, 2);
      }
      try {
        return new Polygons(List.of(flat));
      } catch (IllegalArgumentException e) {
        throw json.bad(Reason.BAD_ROW, e.getMessage());
      }
    }
  }
}
