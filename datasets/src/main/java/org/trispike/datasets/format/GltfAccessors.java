package org.trispike.datasets.format;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The arrays of a glTF file. An accessor is a typed look into a buffer view, with any stride; it
 * may be sparse, and its whole numbers may stand for fractions. Where its elements lie is checked
 * before memory is taken for them.
 */
final class GltfAccessors {
  /** Zeros that a file may ask for without having bytes for them. */
  private static final int FREE_ZEROS = 1 << 16;

  private final Source source;
  private final GltfJson json;
  private final GltfBuffers buffers;
  private final long free;

  /**
   * @param fileBytes the length of the file
   */
  GltfAccessors(Source source, GltfJson json, GltfBuffers buffers, long fileBytes) {
    this.source = source;
    this.json = json;
    this.buffers = buffers;
    this.free = Math.max(FREE_ZEROS, fileBytes);
  }

  /** The number of elements. */
  int count(int index) throws CorruptInputException {
    long count = json.count(json.at("accessors", index), "count", 0);
    source.check(
        count <= Integer.MAX_VALUE, Reason.COUNT_OVERFLOW, "An accessor has %s elements", count);
    return (int) count;
  }

  /** The numbers of an element: 1 to 4, or 16. */
  int components(int index) throws CorruptInputException {
    String type = json.at("accessors", index).path("type").asText();
    return switch (type) {
      case "SCALAR" -> 1;
      case "VEC2" -> 2;
      case "VEC3" -> 3;
      case "VEC4" -> 4;
      case "MAT4" -> 16;
      default ->
          throw source.bad(
              Reason.BAD_HEADER, "Accessor %s is of type '%s'", index, Source.brief(type));
    };
  }

  /** Refuses an attribute that has not one element for each vertex. */
  void checkCount(String attribute, int index, int vertices) throws CorruptInputException {
    int count = count(index);
    if (count != vertices) {
      throw source.bad(
          Reason.BAD_HEADER, "%s has %s elements for %s vertices", attribute, count, vertices);
    }
  }

  /** Whether it has a buffer view, and is not zeros with some changes. */
  boolean hasView(int index) throws CorruptInputException {
    return json.at("accessors", index).has("bufferView");
  }

  /** All elements as floats, {@code components} each; normalised ones in −1..1 or 0..1. */
  float[] floats(int index, int components) throws CorruptInputException {
    JsonNode accessor = accessor(index, components);
    GltfNumber number = number(accessor);
    boolean normalized = accessor.path("normalized").asBoolean();
    int count = count(index);
    Elements dense = dense(accessor, count, components, number);
    float[] out = new float[count * components];
    for (int i = 0, at = 0; i < dense.count(); i++, at += components) {
      number.read(dense.bytes(), dense.at(i), normalized, out, at, components);
    }
    JsonNode sparse = accessor.path("sparse");
    if (sparse.isObject()) {
      int[] places = places(sparse, count);
      Elements values = elements(sparse.path("values"), places.length, components, number);
      for (int i = 0; i < places.length; i++) {
        int at = places[i] * components;
        number.read(values.bytes(), values.at(i), normalized, out, at, components);
      }
    }
    return out;
  }

  /** All elements as whole numbers, {@code components} each; 32 bits are kept as they are. */
  int[] ints(int index, int components) throws CorruptInputException {
    JsonNode accessor = accessor(index, components);
    GltfNumber number = indexNumber(accessor);
    int count = count(index);
    Elements dense = dense(accessor, count, components, number);
    int[] out = new int[count * components];
    for (int i = 0, at = 0; i < dense.count(); i++, at += components) {
      number.read(dense.bytes(), dense.at(i), out, at, components);
    }
    JsonNode sparse = accessor.path("sparse");
    if (sparse.isObject()) {
      int[] places = places(sparse, count);
      Elements values = elements(sparse.path("values"), places.length, components, number);
      for (int i = 0; i < places.length; i++) {
        number.read(values.bytes(), values.at(i), out, places[i] * components, components);
      }
    }
    return out;
  }

  private JsonNode accessor(int index, int components) throws CorruptInputException {
    int found = components(index);
    if (found != components) {
      throw source.bad(
          Reason.BAD_HEADER,
          "Accessor %s has %s numbers an element, not %s",
          index,
          found,
          components);
    }
    return json.at("accessors", index);
  }

  private GltfNumber number(JsonNode owner) throws CorruptInputException {
    return GltfNumber.of(source, json.index(owner, "componentType"));
  }

  private GltfNumber indexNumber(JsonNode owner) throws CorruptInputException {
    GltfNumber number = number(owner);
    source.check(number.isIndex(), Reason.BAD_HEADER, "Indices are of the type %s", number);
    return number;
  }

  /**
   * Where elements lie.
   *
   * @param bytes from the first element on
   * @param stride bytes from one to the next
   */
  private record Elements(ByteSlice bytes, int count, int stride) {
    int at(int element) {
      return element * stride;
    }
  }

  /** The elements of an accessor without those that it changes; none if they are all zeros. */
  private Elements dense(JsonNode accessor, int count, int components, GltfNumber number)
      throws CorruptInputException {
    if (accessor.has("bufferView")) {
      long stride = buffers.stride(json.index(accessor, "bufferView"));
      return elements(accessor, count, (long) components * number.bytes(), stride);
    }
    source.check(
        count <= free / components,
        Reason.COUNT_OVERFLOW,
        "An accessor has %s elements without bytes, above %s",
        count,
        free / components);
    return new Elements(null, 0, 0);
  }

  private Elements elements(JsonNode place, int count, int components, GltfNumber number)
      throws CorruptInputException {
    return elements(place, count, (long) components * number.bytes(), 0);
  }

  /** The elements that {@code place}, with its buffer view and offset, points to. */
  private Elements elements(JsonNode place, int count, long size, long stride)
      throws CorruptInputException {
    ByteSlice bytes = buffers.view(json.index(place, "bufferView"));
    long offset = json.count(place, "byteOffset", 0);
    source.check(
        stride == 0 || stride >= size && stride <= Integer.MAX_VALUE,
        Reason.BAD_HEADER,
        "A stride of %s bytes does not fit elements of %s",
        stride,
        size);
    long step = stride == 0 ? size : stride;
    long end = count == 0 ? offset : offset + (count - 1) * step + size;
    source.check(
        end <= bytes.length(),
        Reason.INDEX_OUT_OF_RANGE,
        "An accessor ends at byte %s of a buffer view of %s",
        end,
        bytes.length());
    return new Elements(bytes.part((int) offset, bytes.length() - (int) offset), count, (int) step);
  }

  /** Which of its elements a sparse accessor changes. */
  private int[] places(JsonNode sparse, int elements) throws CorruptInputException {
    long count = json.count(sparse, "count", 0);
    source.check(
        count <= elements,
        Reason.COUNT_OVERFLOW,
        "A sparse accessor changes %s of its %s elements",
        count,
        elements);
    JsonNode indices = sparse.path("indices");
    GltfNumber number = indexNumber(indices);
    Elements where = elements(indices, (int) count, 1, number);
    int[] out = new int[(int) count];
    for (int i = 0; i < out.length; i++) {
      number.read(where.bytes(), where.at(i), out, i, 1);
      source.check(
          out[i] >= 0 && out[i] < elements,
          Reason.INDEX_OUT_OF_RANGE,
          "A sparse accessor changes element %s of %s",
          Integer.toUnsignedLong(out[i]),
          elements);
    }
    return out;
  }
}
