package org.trispike.datasets.format;

import org.trispike.datasets.geometry.Look;
import org.trispike.datasets.geometry.MeshPart;

/** STL files of text: any number of solids, each {@code solid … facet … endfacet … endsolid}. */
final class StlText {
  private final Source source;
  private final TextScanner in;
  private final Floats xyz = new Floats();
  private int corners;
  private boolean open;

  private StlText(Source source, byte[] bytes) {
    this.source = source;
    this.in = new TextScanner(source, bytes, 0, false);
  }

  static MeshPart read(Source source, byte[] bytes) throws CorruptInputException {
    StlText text = new StlText(source, bytes);
    while (text.in.more()) {
      text.next();
    }
    source.check(
        !text.open && text.corners == 0, Reason.TRUNCATED, "The file ends before endsolid");
    return new MeshPart(text.xyz.toArray(), StlReader.indices(text.xyz.size() / 3), Look.grey());
  }

  private void next() throws CorruptInputException {
    if (in.skipWord("vertex")) {
      xyz.add(in.number(), in.number(), in.number());
      corners++;
      Checks.vertices(source, xyz.size() / 3);
    } else if (in.skipWord("facet")) {
      expect(0);
      normal();
    } else if (in.skipWord("endfacet")) {
      expect(3);
      corners = 0;
    } else if (in.skipWord("solid")) {
      in.nextLine(); // its name is anything
      open = true;
    } else if (in.skipWord("endsolid")) {
      in.nextLine();
      expect(0);
      open = false;
    } else if (!in.skipWord("outer") && !in.skipWord("loop") && !in.skipWord("endloop")) {
      throw source.bad(
          Reason.BAD_ROW, "Line %s: unknown word '%s'", in.line(), Source.brief(in.word()));
    }
  }

  private void expect(int count) throws CorruptInputException {
    if (corners != count) {
      throw source.bad(Reason.BAD_ROW, "Line %s: a facet with %s corners", in.line(), corners);
    }
  }

  /** Passes over it: the corners say it too. */
  private void normal() throws CorruptInputException {
    if (in.more() && in.skipWord("normal")) {
      in.number();
      in.number();
      in.number();
    }
  }
}
