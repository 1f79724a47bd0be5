package org.trispike.datasets.format;

import java.util.List;
import org.trispike.datasets.geometry.Shape;

/**
 * Reads OFF files as Geomview describes them: text, with colours, normals and texture coordinates
 * of vertices passed over or taken as the keyword says ({@code STCNOFF}), and colours of faces.
 * ModelNet's files, whose counts touch the keyword ({@code OFF490 518 0}), are read too.
 */
final class OffReader {
  private final Source source;
  private final TextScanner in;
  private final Floats xyz = new Floats();
  private final Floats rgb = new Floats();
  private final float[] extra = new float[12];
  private boolean textured;
  private boolean colored;
  private boolean normals;

  private OffReader(Source source) throws CorruptInputException {
    this.source = source;
    this.in = new TextScanner(source, source.bytes(), 0, true);
  }

  static Shape read(Source source) throws CorruptInputException {
    return new OffReader(source).read();
  }

  private Shape read() throws CorruptInputException {
    keyword();
    long vertices = in.integer();
    long faces = in.integer();
    Checks.vertices(source, vertices);
    Checks.faces(source, faces);
    if (in.moreOnLine()) {
      in.integer(); // edges, which nobody counts
    }
    for (long i = 0; i < vertices; i++) {
      vertex();
    }
    Polygons polygons = new Polygons(source, (int) vertices);
    for (long i = 0; i < faces; i++) {
      face(polygons);
    }
    float[] colors = colored ? Colors.scale(rgb.toArray()) : null;
    return faces == 0
        ? Checks.cloud(source, xyz.toArray(), colors)
        : Checks.mesh(source, List.of(polygons.part(xyz.toArray(), colors)));
  }

  private void keyword() throws CorruptInputException {
    source.check(in.more(), Reason.EMPTY, "It holds no text");
    textured = in.skip("st");
    colored = in.skip("c");
    normals = in.skip("n");
    if (in.skip("4off") || in.skip("noff") || in.skip("4noff")) {
      throw source.bad(Reason.UNSUPPORTED, "Its vertices do not have three coordinates");
    }
    source.check(in.skip("off"), Reason.BAD_MAGIC, "It does not begin with OFF");
    if (in.moreOnLine() && in.skipWord("binary")) {
      throw source.bad(Reason.UNSUPPORTED, "It is a binary OFF file");
    }
  }

  private void vertex() throws CorruptInputException {
    xyz.add(in.number(), in.number(), in.number());
    if (normals) {
      in.number();
      in.number();
      in.number();
    }
    if (!colored && !textured) {
      return;
    }
    int count = restOfLine() - (textured ? 2 : 0);
    if (colored && count >= 3) {
      rgb.add(extra[0], extra[1], extra[2]);
    } else if (colored) {
      rgb.add(Colors.NONE, Colors.NONE, Colors.NONE);
    }
  }

  private void face(Polygons polygons) throws CorruptInputException {
    long corners = in.integer();
    if (corners < 0) {
      throw source.bad(Reason.BAD_ROW, "Line %s: a face of %s corners", in.line(), corners);
    }
    for (long i = 0; i < corners; i++) {
      polygons.corner(in.integer());
    }
    if (restOfLine() >= 3) {
      polygons.endFace(extra[0], extra[1], extra[2]);
    } else {
      polygons.endFace(); // none, or the number of an entry in a table that is not in the file
    }
  }

  /** How many numbers the rest of the line holds. */
  private int restOfLine() throws CorruptInputException {
    int count = 0;
    while (in.moreOnLine()) {
      float value = in.number();
      if (count < extra.length) {
        extra[count++] = value;
      }
    }
    return count;
  }
}
