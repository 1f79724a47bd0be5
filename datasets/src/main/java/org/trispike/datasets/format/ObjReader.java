package org.trispike.datasets.format;

import java.util.HashMap;
import java.util.Map;
import org.trispike.datasets.geometry.Shape;

/**
 * Reads Wavefront OBJ files: vertices with or without colours, polygons in all forms of indices,
 * and materials. Objects, groups, normals, lines and curves are passed over. A file without faces
 * is a cloud.
 */
final class ObjReader {
  private final Source source;
  private final TextScanner in;
  private final ObjFaces faces = new ObjFaces();
  private final ObjMaterials materials;
  private final Map<String, Integer> names = new HashMap<>();
  private int material;

  private ObjReader(Source source) throws CorruptInputException {
    this.source = source;
    byte[] bytes = TextScanner.joinLines(source.bytes());
    this.in = new TextScanner(source, bytes, 0, false);
    this.materials = new ObjMaterials(source);
    this.material = number("");
  }

  static Shape read(Source source) throws CorruptInputException {
    return new ObjReader(source).read();
  }

  private Shape read() throws CorruptInputException {
    for (; in.more(); in.nextLine()) {
      if (in.skipWord("v")) {
        vertex();
      } else if (in.skipWord("f")) {
        face();
      } else if (in.skipWord("vt")) {
        float u = coordinate();
        faces.uv.add(u);
        faces.uv.add(another() ? 1 - in.number() : 0); // theirs is from the bottom
      } else if (in.skipWord("usemtl")) {
        material = number(in.restOfLine());
      } else if (in.skipWord("mtllib")) {
        materials.load(in.restOfLine());
      }
    }
    if (faces.count() == 0) {
      return Checks.cloud(source, faces.xyz.toArray(), faces.colors());
    }
    String[] order = new String[names.size()];
    names.forEach((name, i) -> order[i] = name);
    return Checks.mesh(source, new ObjParts(source, faces, materials, order).build());
  }

  private int number(String name) {
    return names.computeIfAbsent(name, n -> names.size());
  }

  private void vertex() throws CorruptInputException {
    faces.xyz.add(coordinate(), coordinate(), coordinate());
    Checks.vertices(source, faces.vertices());
    if (!another()) {
      faces.color(Colors.NONE, Colors.NONE, Colors.NONE);
      return;
    }
    float first = in.number(); // red, or a weight if it is the only one
    float second = another() ? in.number() : Colors.NONE;
    float third = another() ? in.number() : Colors.NONE;
    boolean whole = !Float.isNaN(third);
    faces.color(whole ? first : Colors.NONE, whole ? second : Colors.NONE, third);
  }

  private void face() throws CorruptInputException {
    int corners = 0;
    for (; another(); corners++) {
      int vertex = resolve(in.integerPart(), faces.vertices());
      int uv = ObjFaces.NO_UV;
      if (slash() && atIndex()) {
        uv = uv(in.integerPart());
      }
      if (slash() && atIndex()) {
        in.integerPart(); // a normal
      }
      if (!in.finished() && !TextScanner.isSpace((byte) in.peek()) && in.peek() != '#') {
        throw source.bad(
            Reason.BAD_ROW, "Line %s: '%s' stands in a face", in.line(), Source.brief(in.word()));
      }
      faces.corner(corners, vertex, uv, material);
      Checks.faces(source, faces.count());
    }
  }

  private boolean slash() {
    boolean slash = in.peek() == '/';
    if (slash) {
      in.skip();
    }
    return slash;
  }

  private boolean atIndex() {
    int b = in.peek();
    return b == '-' || (b >= '0' && b <= '9');
  }

  /** From 1 forwards, or from −1 backwards from the newest. */
  private int resolve(long index, int count) throws CorruptInputException {
    long at = index > 0 ? index - 1 : count + index;
    if (index == 0 || at < 0 || at > Integer.MAX_VALUE) {
      throw source.bad(
          Reason.INDEX_OUT_OF_RANGE,
          "Line %s: a face has the vertex %s of %s",
          in.line(),
          index,
          count);
    }
    return (int) at;
  }

  /** As {@link #resolve}; whether it is in range matters only where there is a texture. */
  private int uv(long index) {
    long at = index > 0 ? index - 1 : faces.uv.size() / 2 + index;
    return index == 0
        ? ObjFaces.NO_UV
        : (int) (at < 0 ? Integer.MAX_VALUE : Math.min(at, Integer.MAX_VALUE));
  }

  private boolean another() {
    return in.moreOnLine() && in.peek() != '#';
  }

  private float coordinate() throws CorruptInputException {
    if (!another()) {
      throw source.bad(
          in.finished() ? Reason.TRUNCATED : Reason.BAD_ROW,
          "Line %s: it ends where a number should follow",
          in.line());
    }
    return in.number();
  }
}
