package org.trispike.datasets.format;

import com.fasterxml.jackson.databind.JsonNode;

/** The buffers of a glTF file and the views into them. A buffer is fetched when it is asked for. */
final class GltfBuffers {
  private final Source source;
  private final GltfJson json;
  private final GltfUris uris;
  private final ByteSlice binary;
  private final ByteSlice[] buffers;

  /**
   * @param binary the binary chunk of a GLB, or null
   */
  GltfBuffers(Source source, GltfJson json, GltfUris uris, ByteSlice binary)
      throws CorruptInputException {
    this.source = source;
    this.json = json;
    this.uris = uris;
    this.binary = binary;
    this.buffers = new ByteSlice[json.size("buffers")];
  }

  /** The bytes of a view. */
  ByteSlice view(int index) throws CorruptInputException {
    JsonNode view = json.at("bufferViews", index);
    ByteSlice buffer = buffer(json.index(view, "buffer"));
    long offset = json.count(view, "byteOffset", 0);
    long length = json.count(view, "byteLength", 0);
    source.check(
        offset + length <= buffer.length(),
        Reason.INDEX_OUT_OF_RANGE,
        "A buffer view ends at byte %s of %s",
        offset + length,
        buffer.length());
    return buffer.part((int) offset, (int) length);
  }

  /** Bytes between the elements of a view; 0 if they are packed. */
  long stride(int view) throws CorruptInputException {
    return json.count(json.at("bufferViews", view), "byteStride", 0);
  }

  private ByteSlice buffer(int index) throws CorruptInputException {
    JsonNode buffer = json.at("buffers", index);
    if (buffers[index] == null) {
      ByteSlice bytes = bytes(buffer, index);
      long length = json.count(buffer, "byteLength", bytes.length());
      source.check(
          length <= bytes.length(),
          Reason.TRUNCATED,
          "A buffer has %s bytes, but is said to have %s",
          bytes.length(),
          length);
      buffers[index] = bytes.part(0, (int) length);
    }
    return buffers[index];
  }

  private ByteSlice bytes(JsonNode buffer, int index) throws CorruptInputException {
    String uri = buffer.path("uri").textValue();
    if (uri != null) {
      return ByteSlice.of(uris.content(uri).bytes());
    }
    source.check(index == 0 && binary != null, Reason.BAD_HEADER, "Buffer %s has no bytes", index);
    return binary;
  }
}
