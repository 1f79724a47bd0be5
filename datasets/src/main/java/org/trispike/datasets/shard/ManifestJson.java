package org.trispike.datasets.shard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.trispike.datasets.Split;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.BoundedJson;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.row.PointLayout;
import org.trispike.datasets.row.Precision;
import org.trispike.datasets.row.RowKind;
import org.trispike.datasets.row.ShardFormat;
import org.trispike.datasets.row.TeacherInfo;

/** The text of {@code dataset.json}, which docs/formats.md describes; keys in a fixed order. */
final class ManifestJson {
  private static final ObjectMapper MAPPER =
      BoundedJson.mapper(Limits.defaults().jsonDepth()).enable(SerializationFeature.INDENT_OUTPUT);

  private ManifestJson() {}

  static byte[] write(DatasetManifest manifest) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("schema_version", ShardFormat.VERSION);
    root.put("id", manifest.id());
    root.put("kind", manifest.kind().word());
    if (manifest.kind() == RowKind.TRIPLET) {
      root.put("points", manifest.points().word());
    }
    manifest.teacher().ifPresent(teacher -> root.set("teacher", teacher(teacher)));
    ObjectNode splits = root.putObject("splits");
    for (Split split : Split.values()) {
      splits.put(split.word(), manifest.rows(split));
    }
    ArrayNode shards = root.putArray("shards");
    manifest.shards().forEach(shard -> shards.add(shard(shard)));
    manifest.quarantine().forEach(root.putObject("quarantine")::put);
    manifest.categories().forEach(root.putObject("categories")::put);
    if (!manifest.classes().isEmpty()) {
      ObjectNode classes = root.putObject("classes");
      manifest.classes().forEach((number, name) -> classes.put(Integer.toString(number), name));
    }
    manifest.provenance().forEach(root.putObject("provenance")::put);
    try {
      return MAPPER.writeValueAsBytes(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode teacher(TeacherInfo teacher) {
    return MAPPER
        .createObjectNode()
        .put("id", teacher.id())
        .put("kind", teacher.kind())
        .put("dimension", teacher.dimension())
        .put("precision", teacher.precision().word());
  }

  static ObjectNode shard(ShardInfo shard) {
    ObjectNode node =
        MAPPER
            .createObjectNode()
            .put("path", shard.path())
            .put("split", shard.split().word())
            .put("rows", shard.rows())
            .put("bytes", shard.bytes())
            .put("sha256", shard.sha256());
    shard.rowGroups().forEach(node.putArray("row_groups")::add);
    return node;
  }

  static DatasetManifest parse(byte[] json, String file) {
    try {
      JsonNode root = MAPPER.readTree(json);
      int version = root.required("schema_version").intValue();
      if (version != ShardFormat.VERSION) {
        throw new IllegalArgumentException(
            "schema_version is " + version + ", this program reads " + ShardFormat.VERSION);
      }
      List<ShardInfo> shards = new ArrayList<>();
      root.required("shards").forEach(node -> shards.add(shard(node)));
      DatasetManifest manifest =
          new DatasetManifest(
              format(root),
              shards,
              map(root.required("quarantine"), JsonNode::longValue),
              map(root.required("categories"), JsonNode::longValue),
              classes(root.path("classes")),
              map(root.required("provenance"), JsonNode::textValue));
      if (!manifest.id().equals(root.required("id").textValue())) {
        throw new IllegalArgumentException("id is not the hash of the shards' hashes");
      }
      return manifest;
    } catch (IOException | RuntimeException e) {
      throw new UserError(
          UserError.Kind.DATA,
          file + " is no dataset manifest (" + e.getMessage() + "); make the dataset again",
          e);
    }
  }

  private static ShardFormat format(JsonNode root) {
    RowKind<?> kind = RowKind.of(root.path("kind").asText(RowKind.TRIPLET.word()));
    return kind == RowKind.TRIPLET
        ? new ShardFormat(
            PointLayout.of(root.required("points").textValue()),
            Optional.ofNullable(root.get("teacher")).map(ManifestJson::teacher))
        : ShardFormat.of(kind);
  }

  private static SortedMap<Integer, String> classes(JsonNode node) {
    SortedMap<Integer, String> classes = new TreeMap<>();
    node.fields()
        .forEachRemaining(e -> classes.put(Integer.valueOf(e.getKey()), e.getValue().textValue()));
    return classes;
  }

  private static TeacherInfo teacher(JsonNode node) {
    return new TeacherInfo(
        node.required("id").textValue(),
        node.required("kind").textValue(),
        node.required("dimension").intValue(),
        Precision.of(node.required("precision").textValue()));
  }

  static ShardInfo shard(JsonNode node) {
    List<Integer> rowGroups = new ArrayList<>();
    node.required("row_groups").forEach(rows -> rowGroups.add(rows.intValue()));
    String split = node.required("split").textValue();
    return new ShardInfo(
        node.required("path").textValue(),
        Split.of(split).orElseThrow(() -> new IllegalArgumentException("Unknown split " + split)),
        node.required("rows").longValue(),
        node.required("bytes").longValue(),
        node.required("sha256").textValue(),
        rowGroups);
  }

  private static <T> SortedMap<String, T> map(JsonNode node, Function<JsonNode, T> value) {
    SortedMap<String, T> map = new TreeMap<>();
    node.fields().forEachRemaining(e -> map.put(e.getKey(), value.apply(e.getValue())));
    return map;
  }
}
