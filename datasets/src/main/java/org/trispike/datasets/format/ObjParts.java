package org.trispike.datasets.format;

import java.util.ArrayList;
import java.util.List;
import org.trispike.datasets.geometry.Look;
import org.trispike.datasets.geometry.MeshPart;
import org.trispike.datasets.geometry.Texture;

/** Makes a part of the triangles of each material, with the vertices that these use. */
final class ObjParts {
  private final Source source;
  private final ObjFaces faces;
  private final ObjMaterials materials;
  private final String[] names;
  private final float[] colors;
  private final VertexPairs pairs;
  private final Ints indices = new Ints();

  /**
   * @param names of the materials by their number
   */
  ObjParts(Source source, ObjFaces faces, ObjMaterials materials, String[] names) {
    this.source = source;
    this.faces = faces;
    this.materials = materials;
    this.names = names;
    this.colors = faces.colors();
    this.pairs = new VertexPairs(faces.vertices());
  }

  List<MeshPart> build() throws CorruptInputException {
    int[] ends = new int[names.length + 1];
    for (int t = 0; t < faces.count(); t++) {
      ends[faces.material(t) + 1]++;
    }
    for (int m = 0; m < names.length; m++) {
      ends[m + 1] += ends[m];
    }
    int[] next = ends.clone();
    int[] order = new int[faces.count()];
    for (int t = 0; t < faces.count(); t++) {
      order[next[faces.material(t)]++] = t;
    }
    List<MeshPart> parts = new ArrayList<>();
    for (int m = 0; m < names.length; m++) {
      addMaterial(parts, order, ends[m], ends[m + 1], materials.get(names[m]));
    }
    return parts;
  }

  private void addMaterial(
      List<MeshPart> parts, int[] order, int from, int to, ObjMaterial material)
      throws CorruptInputException {
    boolean mapped = false;
    for (int i = from; i < to; i++) {
      mapped |= faces.hasUv(order[i]);
    }
    Texture texture = mapped ? materials.texture(material) : null;
    if (texture != null) {
      for (int i = from; i < to; i++) {
        if (faces.hasUv(order[i])) {
          take(order[i], true);
        }
      }
      addPart(parts, material, texture);
    }
    for (int i = from; i < to; i++) {
      if (texture == null || !faces.hasUv(order[i])) {
        take(order[i], false);
      }
    }
    addPart(parts, material, null);
  }

  private void take(int triangle, boolean mapped) throws CorruptInputException {
    for (int corner = triangle * 3; corner < triangle * 3 + 3; corner++) {
      int vertex = faces.vertex(corner);
      int uv = mapped ? faces.uv(corner) : 0;
      if (vertex >= faces.vertices()) {
        throw outside(triangle, "vertex", vertex, faces.vertices());
      }
      if (mapped && uv >= faces.uv.size() / 2) {
        throw outside(triangle, "texture coordinate", uv, faces.uv.size() / 2);
      }
      indices.add(pairs.index(vertex, uv));
    }
  }

  private CorruptInputException outside(int triangle, String what, int index, int count) {
    return source.bad(
        Reason.INDEX_OUT_OF_RANGE,
        "Triangle %s has the %s %s, outside 1..%s",
        triangle,
        what,
        index + 1L,
        count);
  }

  private void addPart(List<MeshPart> parts, ObjMaterial material, Texture texture) {
    if (indices.size() == 0) {
      return;
    }
    float[] xyz = new float[pairs.size() * 3];
    float[] rgb = colors == null ? null : new float[xyz.length];
    float[] uv = texture == null ? null : new float[pairs.size() * 2];
    boolean painted = false;
    for (int i = 0; i < pairs.size(); i++) {
      for (int k = 0; k < 3; k++) {
        int from = pairs.vertex(i) * 3 + k;
        xyz[i * 3 + k] = faces.xyz.get(from);
        if (rgb != null) {
          rgb[i * 3 + k] = colors[from];
          painted |= !Float.isNaN(colors[from]);
        }
      }
      if (uv != null) {
        uv[i * 2] = faces.uv.get(pairs.attribute(i) * 2);
        uv[i * 2 + 1] = faces.uv.get(pairs.attribute(i) * 2 + 1);
      }
    }
    Look look = look(material, painted ? rgb : null, texture, uv);
    parts.add(new MeshPart(xyz, indices.toArray(), look));
    pairs.clear();
    indices.clear();
  }

  /** Colours of vertices take the place of the material's. */
  private static Look look(ObjMaterial material, float[] rgb, Texture texture, float[] uv) {
    boolean white = rgb != null || (texture != null && material.black());
    if (white) {
      return new Look(1, 1, 1, rgb, texture, uv);
    }
    return material == null
        ? Look.grey()
        : new Look(material.red(), material.green(), material.blue(), null, texture, uv);
  }
}
