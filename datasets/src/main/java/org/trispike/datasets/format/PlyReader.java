package org.trispike.datasets.format;

import java.nio.ByteOrder;
import java.util.List;
import org.trispike.datasets.geometry.Shape;

/**
 * Reads PLY files: text and binary of both byte orders, with any properties in any order. Taken are
 * the places and colours of vertices, the faces or strips of triangles, and the colours of faces
 * where vertices have none.
 */
final class PlyReader {
  private static final String[] INDICES = {"vertex_indices", "vertex_index"};

  private final Source source;
  private final PlyHeader header;
  private final PlyValues in;
  private final Floats xyz = new Floats();
  private final Floats rgb = new Floats();
  private final Polygons polygons;

  private PlyReader(Source source) throws CorruptInputException {
    this.source = source;
    byte[] bytes = source.bytes();
    TextScanner text = new TextScanner(source, bytes, 0, false);
    header = PlyHeader.read(source, text);
    in =
        switch (header.format()) {
          case "ascii" -> new PlyValues.Text(text);
          case "binary_big_endian" ->
              new PlyValues.Binary(source, bytes, text.position(), ByteOrder.BIG_ENDIAN);
          default -> new PlyValues.Binary(source, bytes, text.position(), ByteOrder.LITTLE_ENDIAN);
        };
    polygons = new Polygons(source, (int) vertices());
  }

  static Shape read(Source source) throws CorruptInputException {
    return new PlyReader(source).read();
  }

  private long vertices() throws CorruptInputException {
    List<PlyElement> tables =
        header.elements().stream().filter(e -> e.name().equals("vertex")).toList();
    source.check(
        tables.size() == 1, Reason.BAD_HEADER, "It has %s elements 'vertex'", tables.size());
    Checks.vertices(source, tables.get(0).count());
    return tables.get(0).count();
  }

  private Shape read() throws CorruptInputException {
    long faces = 0;
    for (PlyElement element : header.elements()) {
      if (element.properties().isEmpty()) {
        continue; // no values, however many rows
      }
      in.expect(element);
      switch (element.name()) {
        case "vertex" -> vertices(element);
        case "face" -> {
          Checks.faces(source, element.count());
          faces += element.count();
          faces(element);
        }
        case "tristrips" -> {
          faces += element.count();
          strips(element);
        }
        default -> pass(element);
      }
    }
    float[] colors = rgb.size() > 0 ? Colors.scale(rgb.toArray()) : null;
    return faces == 0
        ? Checks.cloud(source, xyz.toArray(), colors)
        : Checks.mesh(source, List.of(polygons.part(xyz.toArray(), colors)));
  }

  private void vertices(PlyElement element) throws CorruptInputException {
    PlyTint tint = PlyTint.of(element);
    int x = element.value("x");
    int y = element.value("y");
    int z = element.value("z");
    source.check(x >= 0 && y >= 0 && z >= 0, Reason.BAD_HEADER, "Its vertices have no x, y and z");
    float[] row = new float[element.properties().size()];
    for (long i = 0; i < element.count(); i++) {
      values(element, i, row);
      xyz.add(row[x], row[y], row[z]);
      if (tint != null) {
        float full = tint.full();
        rgb.add(row[tint.red()] / full, row[tint.green()] / full, row[tint.blue()] / full);
      }
    }
  }

  private void faces(PlyElement element) throws CorruptInputException {
    int indices = indices(element);
    PlyTint tint = PlyTint.of(element);
    float[] row = new float[element.properties().size()];
    for (long i = 0; i < element.count(); i++) {
      for (int k = 0; k < row.length; k++) {
        PlyElement.Property property = element.properties().get(k);
        if (k == indices) {
          long corners = length(element, property, i);
          for (long c = 0; c < corners; c++) {
            polygons.corner(in.integer(property.type()));
          }
        } else {
          row[k] = value(element, property, i);
        }
      }
      in.endRow();
      if (tint != null) {
        float full = tint.full();
        polygons.endFace(row[tint.red()] / full, row[tint.green()] / full, row[tint.blue()] / full);
      } else {
        polygons.endFace();
      }
    }
  }

  /** Strips in one list, each ended by −1. */
  private void strips(PlyElement element) throws CorruptInputException {
    int indices = indices(element);
    for (long i = 0; i < element.count(); i++) {
      for (int k = 0; k < element.properties().size(); k++) {
        PlyElement.Property property = element.properties().get(k);
        if (k != indices) {
          value(element, property, i);
          continue;
        }
        long corners = length(element, property, i);
        for (long c = 0; c < corners; c++) {
          long vertex = in.integer(property.type());
          if (vertex < 0) {
            polygons.endStrip();
          } else {
            polygons.corner(vertex);
          }
        }
        polygons.endStrip();
      }
      in.endRow();
    }
  }

  private void pass(PlyElement element) throws CorruptInputException {
    float[] row = new float[element.properties().size()];
    for (long i = 0; i < element.count(); i++) {
      values(element, i, row);
    }
  }

  private void values(PlyElement element, long i, float[] row) throws CorruptInputException {
    for (int k = 0; k < row.length; k++) {
      row[k] = value(element, element.properties().get(k), i);
    }
    in.endRow();
  }

  /** A single value; of a list, which is passed over, 0. */
  private float value(PlyElement element, PlyElement.Property property, long row)
      throws CorruptInputException {
    if (!property.list()) {
      return in.number(property.type());
    }
    long length = length(element, property, row);
    for (long i = 0; i < length; i++) {
      in.number(property.type());
    }
    return 0;
  }

  private long length(PlyElement element, PlyElement.Property property, long row)
      throws CorruptInputException {
    long length = in.integer(property.length());
    if (length < 0) {
      throw source.bad(
          Reason.BAD_ROW,
          "Row %s of the element '%s' has a list of %s values",
          row,
          Source.brief(element.name()),
          length);
    }
    return length;
  }

  private int indices(PlyElement element) throws CorruptInputException {
    int indices = element.list(INDICES);
    source.check(
        indices >= 0,
        Reason.BAD_HEADER,
        "Its element '%s' has no list vertex_indices",
        Source.brief(element.name()));
    return indices;
  }
}
