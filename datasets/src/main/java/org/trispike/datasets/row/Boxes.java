package org.trispike.datasets.row;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;

import java.util.List;
import org.apache.parquet.schema.Type;
import org.trispike.datasets.format.label.Box2d;

/** The columns of a box in a picture, which rows of several kinds have. */
final class Boxes {
  /** That of what is in the box. */
  static final String CATEGORY = "category";

  private Boxes() {}

  static List<Type> fields() {
    return List.of(
        Fields.number(DOUBLE, "x"),
        Fields.number(DOUBLE, "y"),
        Fields.number(DOUBLE, "width"),
        Fields.number(DOUBLE, "height"),
        Fields.text(CATEGORY));
  }

  static void write(Box2d box, RowWriter out) {
    out.elementFloat64("x", box.x());
    out.elementFloat64("y", box.y());
    out.elementFloat64("width", box.width());
    out.elementFloat64("height", box.height());
    out.elementText(CATEGORY, box.category());
  }

  static Box2d read(RowValues.Element element, boolean crowd) {
    return new Box2d(
        element.float64("x"),
        element.float64("y"),
        element.float64("width"),
        element.float64("height"),
        element.text(CATEGORY),
        crowd);
  }
}
