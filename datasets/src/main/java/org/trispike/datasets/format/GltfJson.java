package org.trispike.datasets.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Set;

/** The JSON of a glTF file, with checks on everything that is taken from it. */
final class GltfJson {
  /** A tree takes some 100 bytes a value: 200 MB at most. */
  private static final int LARGEST = 2_000_000;

  /** Whole numbers up to here are exact in double precision. */
  private static final double EXACT = 0x1p53;

  /** What is kept; animations, cameras and whatever else a file holds is not. */
  private static final Set<String> KEPT =
      Set.of(
          "asset",
          "accessors",
          "buffers",
          "bufferViews",
          "extensionsRequired",
          "images",
          "materials",
          "meshes",
          "nodes",
          "samplers",
          "scene",
          "scenes",
          "skins",
          "textures");

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxStringLength(Integer.MAX_VALUE) // embedded buffers are strings
                      .build())
              .build());

  private final Source source;
  private final ObjectNode root;

  private GltfJson(Source source, ObjectNode root) {
    this.source = source;
    this.root = root;
  }

  static GltfJson parse(Source source, ByteSlice text) throws CorruptInputException {
    measure(source, text);
    ObjectNode root =
        Guard.run(source.path(), Reason.BAD_HEADER, "Reading its JSON", () -> tree(source, text));
    return new GltfJson(source, root);
  }

  private static ObjectNode tree(Source source, ByteSlice text)
      throws IOException, CorruptInputException {
    ObjectNode root = MAPPER.createObjectNode();
    try (JsonParser parser =
        MAPPER.getFactory().createParser(text.array(), text.from(), text.length())) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        if (KEPT.contains(name)) {
          root.set(name, MAPPER.readTree(parser));
        } else {
          parser.skipChildren();
        }
      }
      return root;
    } catch (JsonEOFException e) {
      throw new CorruptInputException(
          source.path(), Reason.TRUNCATED, "Its JSON ends too early", e);
    }
  }

  /** Counts depth and values before any of them takes memory. */
  private static void measure(Source source, ByteSlice text) throws CorruptInputException {
    byte[] bytes = text.array();
    int end = text.from() + text.length();
    int depth = 0;
    int deepest = 0;
    int values = 0;
    for (int i = text.from(); i < end; i++) {
      switch (bytes[i]) {
        case '"' -> i = endOfString(bytes, i + 1, end);
        case '{', '[' -> {
          deepest = Math.max(deepest, ++depth);
          values++;
        }
        case '}', ']' -> depth--;
        case ',' -> values++;
        default -> {}
      }
    }
    source.check(
        deepest <= source.limits().jsonDepth(),
        Reason.TOO_LARGE,
        "Its JSON is %s deep, above %s",
        deepest,
        source.limits().jsonDepth());
    source.check(
        values <= LARGEST, Reason.TOO_LARGE, "Its JSON has %s values, above %s", values, LARGEST);
  }

  private static int endOfString(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end && bytes[i] != '"') {
      i += bytes[i] == '\\' ? 2 : 1;
    }
    return i;
  }

  JsonNode root() {
    return root;
  }

  /** The length of a list at the top; 0 if there is none. */
  int size(String list) throws CorruptInputException {
    return array(root, list).size();
  }

  /** An element of a list at the top. */
  JsonNode at(String list, int index) throws CorruptInputException {
    JsonNode array = array(root, list);
    if (index < 0 || index >= array.size()) {
      throw source.bad(
          Reason.INDEX_OUT_OF_RANGE, "Index %s is outside the %s %s", index, array.size(), list);
    }
    return object(array.get(index), list);
  }

  /** The node if it is an object. */
  JsonNode object(JsonNode node, String what) throws CorruptInputException {
    source.check(node.isObject(), Reason.BAD_HEADER, "An element of %s is no object", what);
    return node;
  }

  /** A list; empty where there is none. */
  JsonNode array(JsonNode node, String field) throws CorruptInputException {
    JsonNode array = node.path(field);
    source.check(
        array.isArray() || array.isMissingNode(), Reason.BAD_HEADER, "Its %s are no list", field);
    return array;
  }

  /** A list of indices; empty where there is none. */
  int[] indices(JsonNode node, String field) throws CorruptInputException {
    JsonNode array = array(node, field);
    int[] out = new int[array.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = (int) whole(array.get(i), field, Integer.MAX_VALUE);
    }
    return out;
  }

  /** An index into a list, or −1 where there is none. */
  int index(JsonNode node, String field) throws CorruptInputException {
    JsonNode value = node.path(field);
    return value.isMissingNode() ? -1 : (int) whole(value, field, Integer.MAX_VALUE);
  }

  /** A count or length of at least 0. */
  long count(JsonNode node, String field, long otherwise) throws CorruptInputException {
    JsonNode value = node.path(field);
    return value.isMissingNode() ? otherwise : whole(value, field, EXACT);
  }

  private long whole(JsonNode value, String field, double most) throws CorruptInputException {
    double number = value.isNumber() ? value.doubleValue() : Double.NaN;
    if (!(number >= 0 && number <= most && number == Math.rint(number))) {
      throw source.bad(
          Reason.BAD_HEADER,
          "%s is no whole number from 0 on: %s",
          field,
          value.isValueNode() ? Source.brief(value.asText()) : "a list or an object");
    }
    return (long) number;
  }

  /** Exactly {@code length} numbers, or the others where there are none. */
  double[] numbers(JsonNode node, String field, double... otherwise) throws CorruptInputException {
    JsonNode array = array(node, field);
    if (array.isMissingNode()) {
      return otherwise;
    }
    if (array.size() != otherwise.length) {
      throw source.bad(
          Reason.BAD_HEADER, "%s has %s numbers, not %s", field, array.size(), otherwise.length);
    }
    double[] out = new double[otherwise.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = number(array.get(i), field);
    }
    return out;
  }

  double number(JsonNode value, String field) throws CorruptInputException {
    source.check(value.isNumber(), Reason.BAD_HEADER, "%s is no number", field);
    double number = value.doubleValue();
    source.check(Double.isFinite(number), Reason.NOT_FINITE, "%s is not finite", field);
    return number;
  }
}
