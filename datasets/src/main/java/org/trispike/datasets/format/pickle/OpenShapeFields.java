package org.trispike.datasets.format.pickle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.trispike.datasets.format.Checks;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.NpyArray;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;

/** The entries of an OpenShape dictionary, each of the type that it must have, or empty. */
final class OpenShapeFields {
  private static final float[] NONE = {};

  private final Source source;
  private final Map<?, ?> fields;

  OpenShapeFields(Source source, Map<?, ?> fields) {
    this.source = source;
    this.fields = fields;
  }

  String text(String name) throws CorruptInputException {
    return text(name, fields.get(name));
  }

  private String text(String name, Object value) throws CorruptInputException {
    if (value == null) {
      return "";
    }
    boolean plain = value instanceof String || value instanceof Long;
    source.check(plain, Reason.UNSUPPORTED, "Its '%s' is no text", name);
    return value.toString();
  }

  /** The values of an array [n, 3]. */
  float[] points(String name) throws CorruptInputException {
    Object value = fields.get(name);
    if (value == null) {
      return NONE;
    }
    boolean fits =
        value instanceof NpyArray array && array.dimensions() == 2 && array.extent(1) == 3;
    source.check(fits, Reason.UNSUPPORTED, "Its '%s' is no [n, 3]", name);
    NpyArray array = (NpyArray) value;
    Checks.vertices(source, array.extent(0));
    float[] values = new float[array.extent(0) * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i / 3, i % 3);
    }
    return values;
  }

  float[] row(String name) throws CorruptInputException {
    return row(name, fields.get(name));
  }

  /** A vector, or the only row of a matrix. */
  private float[] row(String name, Object value) throws CorruptInputException {
    List<float[]> rows = value == null ? List.of(NONE) : rows(name, value);
    source.check(rows.size() == 1, Reason.UNSUPPORTED, "Its '%s' is no vector", name);
    return rows.get(0);
  }

  List<float[]> rows(String name) throws CorruptInputException {
    Object value = fields.get(name);
    return value == null ? List.of() : rows(name, value);
  }

  /** The rows of a matrix, of a vector, or of a list of these. */
  private List<float[]> rows(String name, Object value) throws CorruptInputException {
    List<?> parts = value instanceof List<?> list ? list : List.of(value);
    List<float[]> rows = new ArrayList<>();
    for (Object part : parts) {
      boolean fits =
          part instanceof NpyArray array && (array.dimensions() == 1 || array.dimensions() == 2);
      source.check(fits, Reason.UNSUPPORTED, "Its '%s' is no [n, d]", name);
      addRows(rows, name, (NpyArray) part);
    }
    return rows;
  }

  private void addRows(List<float[]> rows, String name, NpyArray array)
      throws CorruptInputException {
    boolean vector = array.dimensions() == 1;
    int width = array.extent(vector ? 0 : 1);
    source.check(width > 0, Reason.EMPTY, "Its '%s' has empty rows", name);
    for (int r = 0; r < (vector ? 1 : array.extent(0)); r++) {
      float[] row = new float[width];
      for (int c = 0; c < width; c++) {
        row[c] = vector ? array.get(c) : array.get(r, c);
        source.check(Float.isFinite(row[c]), Reason.NOT_FINITE, "Its '%s' is not finite", name);
      }
      rows.add(row);
    }
  }

  /** A text with the features that stand under the same name and {@code _feat}. */
  OpenShapeText caption(String name) throws CorruptInputException {
    return text(name, fields.get(name), fields.get(name + "_feat"));
  }

  private OpenShapeText text(String name, Object text, Object features)
      throws CorruptInputException {
    if (features instanceof Map<?, ?> map) {
      return new OpenShapeText(
          text(name, text), row(name, map.get("original")), row(name, map.get("prompt_avg")));
    }
    source.check(
        features == null, Reason.UNSUPPORTED, "The features of '%s' are no dictionary", name);
    return new OpenShapeText(text(name, text), NONE, NONE);
  }

  List<OpenShapeText> texts(String name) throws CorruptInputException {
    List<?> texts = list(name);
    List<?> features = list(name + "_feat");
    boolean paired = features.isEmpty() || features.size() == texts.size();
    if (!paired) {
      throw source.bad(
          Reason.BAD_HEADER,
          "Its '%s' has %s texts with %s features",
          name,
          texts.size(),
          features.size());
    }
    List<OpenShapeText> all = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      all.add(text(name, texts.get(i), features.isEmpty() ? null : features.get(i)));
    }
    return all;
  }

  private List<?> list(String name) throws CorruptInputException {
    Object value = fields.get(name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    throw source.bad(Reason.UNSUPPORTED, "Its '%s' is no list", name);
  }
}
