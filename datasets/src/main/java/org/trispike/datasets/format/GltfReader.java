package org.trispike.datasets.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.trispike.datasets.geometry.Look;
import org.trispike.datasets.geometry.MeshPart;
import org.trispike.datasets.geometry.Shape;

/**
 * Reads glTF 2.0, binary or as text, with buffers and textures within it or beside it: the default
 * scene, each mesh where its node puts it, skins and morph targets at rest. Points are read if
 * there are no triangles.
 */
final class GltfReader {
  /** What a file may require besides materials: it is read, or changes no shape and no colour. */
  private static final Set<String> KNOWN =
      Set.of(
          "KHR_animation_pointer",
          "KHR_lights_punctual",
          "KHR_mesh_quantization",
          "KHR_texture_transform",
          "KHR_xmp_json_ld");

  private final Source source;
  private final GltfJson json;
  private final GltfNodes nodes;
  private final GltfMeshes meshes;
  private final GltfSkins skins;
  private final List<MeshPart> parts = new ArrayList<>();
  private final Floats points = new Floats();
  private final Floats pointColors = new Floats();
  private long vertices;

  private GltfReader(Source source, GltfChunks chunks, GltfJson json) throws CorruptInputException {
    this.source = source;
    this.json = json;
    GltfUris uris = new GltfUris(source);
    GltfBuffers buffers = new GltfBuffers(source, json, uris, chunks.binary());
    GltfAccessors accessors =
        new GltfAccessors(source, json, buffers, chunks.json().array().length);
    GltfTextures textures = new GltfTextures(source, json, uris, buffers);
    this.nodes = new GltfNodes(source, json);
    this.meshes = new GltfMeshes(source, json, accessors, new GltfLooks(json, accessors, textures));
    this.skins = new GltfSkins(source, json, accessors, nodes);
  }

  static Shape read(Source source) throws CorruptInputException {
    GltfChunks chunks = GltfChunks.of(source);
    GltfJson json = GltfJson.parse(source, chunks.json());
    checkVersion(source, json);
    checkExtensions(source, json);
    return new GltfReader(source, chunks, json).shape();
  }

  private static void checkVersion(Source source, GltfJson json) throws CorruptInputException {
    String version = json.root().path("asset").path("version").asText();
    source.check(!version.isEmpty(), Reason.BAD_HEADER, "It does not say its version of glTF");
    source.check(
        version.startsWith("2."),
        Reason.UNSUPPORTED,
        "It is glTF of version '%s', not 2",
        Source.brief(version));
  }

  private static void checkExtensions(Source source, GltfJson json) throws CorruptInputException {
    for (JsonNode required : json.array(json.root(), "extensionsRequired")) {
      String name = required.asText();
      source.check(
          KNOWN.contains(name) || name.startsWith("KHR_materials_"),
          Reason.UNSUPPORTED,
          "It requires %s, which is not read here",
          Source.brief(name));
    }
  }

  private Shape shape() throws CorruptInputException {
    for (int node : nodes.shown()) {
      JsonNode content = json.at("nodes", node);
      int mesh = json.index(content, "mesh");
      if (mesh >= 0) {
        for (GltfPrimitive primitive : meshes.primitives(mesh)) {
          show(primitive, node, json.index(content, "skin"));
        }
      }
    }
    return parts.isEmpty() && points.size() > 0
        ? Checks.cloud(source, points.toArray(), pointColors.toArray())
        : Checks.mesh(source, parts);
  }

  private void show(GltfPrimitive primitive, int node, int skin) throws CorruptInputException {
    vertices += Math.max(1, Math.max(primitive.vertices(), primitive.points().length));
    Checks.vertices(source, vertices);
    boolean skinned = skin >= 0 && primitive.attributes().has("JOINTS_0");
    float[] xyz =
        skinned
            ? skins.pose(skin, primitive.attributes(), primitive.xyz())
            : Matrices.map(nodes.global(node), primitive.xyz());
    if (primitive.triangles().length > 0) {
      parts.add(new MeshPart(xyz, primitive.triangles(), primitive.look()));
    }
    Look look = primitive.look();
    for (int point : primitive.points()) {
      int at = point * 3;
      float[] rgb = look.vertexColors();
      points.add(xyz[at], xyz[at + 1], xyz[at + 2]);
      pointColors.add(
          rgb == null ? look.red() : look.red() * rgb[at],
          rgb == null ? look.green() : look.green() * rgb[at + 1],
          rgb == null ? look.blue() : look.blue() * rgb[at + 2]);
    }
  }
}
