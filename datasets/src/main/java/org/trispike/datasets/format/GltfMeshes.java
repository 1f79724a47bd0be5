package org.trispike.datasets.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The meshes of a glTF file, decoded once however often they are shown. Lines are left out. */
final class GltfMeshes {
  private static final int POINTS = 0;
  private static final int TRIANGLES = 4;
  private static final int STRIP = 5;
  private static final int FAN = 6;
  private static final int[] NONE = {};

  private final Source source;
  private final GltfJson json;
  private final GltfAccessors accessors;
  private final GltfLooks looks;
  private final List<List<GltfPrimitive>> decoded = new ArrayList<>();
  private long vertices;
  private long faces;

  GltfMeshes(Source source, GltfJson json, GltfAccessors accessors, GltfLooks looks) {
    this.source = source;
    this.json = json;
    this.accessors = accessors;
    this.looks = looks;
  }

  /** The triangles and points of a mesh. */
  List<GltfPrimitive> primitives(int mesh) throws CorruptInputException {
    JsonNode content = json.at("meshes", mesh);
    while (decoded.size() <= mesh) {
      decoded.add(null);
    }
    if (decoded.get(mesh) == null) {
      List<GltfPrimitive> primitives = new ArrayList<>();
      for (JsonNode primitive : json.array(content, "primitives")) {
        json.object(primitive, "primitives");
        int mode = (int) Math.min(json.count(primitive, "mode", TRIANGLES), Integer.MAX_VALUE);
        boolean drawn = mode == POINTS || mode >= TRIANGLES && mode <= FAN;
        if (drawn && primitive.path("attributes").has("POSITION")) {
          primitives.add(decode(primitive, mode));
        }
      }
      decoded.set(mesh, primitives);
    }
    return decoded.get(mesh);
  }

  private GltfPrimitive decode(JsonNode primitive, int mode) throws CorruptInputException {
    JsonNode attributes = primitive.path("attributes");
    int position = json.index(attributes, "POSITION");
    refuseCompressed(primitive, position);
    int count = accessors.count(position);
    vertices += count;
    Checks.vertices(source, vertices);
    int indices = json.index(primitive, "indices");
    int corners = indices < 0 ? count : accessors.count(indices);
    if (mode != POINTS) {
      faces += mode == TRIANGLES ? corners / 3 : Math.max(0, corners - 2);
      Checks.faces(source, faces);
    }
    float[] xyz = accessors.floats(position, 3);
    int[] order = indices < 0 ? upTo(count) : accessors.ints(indices, 1);
    Checks.indices(source, order, count);
    return new GltfPrimitive(
        attributes,
        xyz,
        mode == POINTS ? NONE : triangles(order, mode),
        mode == POINTS ? order : NONE,
        looks.look(primitive, attributes, count));
  }

  /** Some writers forget to say that readers must know the extension. */
  private void refuseCompressed(JsonNode primitive, int position) throws CorruptInputException {
    String draco = "KHR_draco_mesh_compression";
    source.check(
        accessors.hasView(position) || !primitive.path("extensions").has(draco),
        Reason.UNSUPPORTED,
        "It requires %s, which is not read here",
        draco);
  }

  private static int[] upTo(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    return order;
  }

  /** Every second triangle of a strip is turned, so that all face the same way. */
  private static int[] triangles(int[] order, int mode) {
    if (mode == TRIANGLES) {
      int whole = order.length / 3 * 3;
      return whole == order.length ? order : Arrays.copyOf(order, whole);
    }
    int[] out = new int[Math.max(0, order.length - 2) * 3];
    for (int i = 0, at = 0; at < out.length; i++) {
      int odd = mode == STRIP ? i & 1 : 0;
      out[at++] = mode == STRIP ? order[i] : order[0];
      out[at++] = order[i + 1 + odd];
      out[at++] = order[i + 2 - odd];
    }
    return out;
  }
}
