package org.trispike.datasets.format;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.trispike.datasets.geometry.Mesh;
import org.trispike.datasets.geometry.Shape;

/** Writes small glTF files: arrays go into one buffer, the rest of the JSON is given as text. */
final class GltfFixture {
  static final int UINT8 = 5121;
  static final int UINT16 = 5123;
  static final int FLOAT32 = 5126;

  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
  private final List<String> views = new ArrayList<>();
  private final List<String> accessors = new ArrayList<>();
  private final Map<String, byte[]> files = new TreeMap<>();

  /** A view of these bytes; its index. */
  int view(byte[] bytes, int stride) {
    while (buffer.size() % 4 != 0) {
      buffer.write(0);
    }
    String step = stride == 0 ? "" : ",\"byteStride\":" + stride;
    views.add(
        "{\"buffer\":0,\"byteOffset\":%d,\"byteLength\":%d%s}"
            .formatted(buffer.size(), bytes.length, step));
    buffer.writeBytes(bytes);
    return views.size() - 1;
  }

  /** An accessor with {@code more} between its braces; its index. */
  int accessor(int componentType, int count, String type, String more) {
    accessors.add(
        "{\"componentType\":%d,\"count\":%d,\"type\":\"%s\"%s}"
            .formatted(componentType, count, type, more.isEmpty() ? "" : "," + more));
    return accessors.size() - 1;
  }

  int floats(String type, int components, float... values) {
    String view = "\"bufferView\":" + view(bytes(values), 0);
    return accessor(FLOAT32, values.length / components, type, view);
  }

  int positions(float... xyz) {
    return floats("VEC3", 3, xyz);
  }

  int uint16(String type, int components, boolean normalized, int... values) {
    String more = "\"bufferView\":" + view(shorts(values), 0) + ",\"normalized\":" + normalized;
    return accessor(UINT16, values.length / components, type, more);
  }

  int uint8(String type, int components, boolean normalized, int... values) {
    String more = "\"bufferView\":" + view(octets(values), 0) + ",\"normalized\":" + normalized;
    return accessor(UINT8, values.length / components, type, more);
  }

  static byte[] bytes(float... values) {
    ByteBuffer out = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    out.asFloatBuffer().put(values);
    return out.array();
  }

  static byte[] shorts(int... values) {
    ByteBuffer out = ByteBuffer.allocate(values.length * 2).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      out.putShort((short) value);
    }
    return out.array();
  }

  static byte[] octets(int... values) {
    byte[] out = new byte[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) values[i];
    }
    return out;
  }

  /** A file beside the others. */
  GltfFixture file(String path, byte[] bytes) {
    files.put(path, bytes);
    return this;
  }

  byte[] buffer() {
    return buffer.toByteArray();
  }

  String json(String uri, String rest) {
    String from = uri.isEmpty() ? "" : ",\"uri\":\"" + uri + "\"";
    return """
        {"asset":{"version":"2.0"},"buffers":[{"byteLength":%d%s}],"bufferViews":%s,\
        "accessors":%s,%s}"""
        .formatted(buffer.size(), from, views, accessors, rest);
  }

  /** A scene of one node with one mesh of one primitive. */
  static String single(String primitive) {
    return "\"meshes\":[{\"primitives\":[" + primitive + "]}],\"nodes\":[{\"mesh\":0}]";
  }

  byte[] glb(String rest) {
    return glb(json("", rest), buffer());
  }

  static byte[] glb(String json, byte[] binary) {
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    int length = (text.length + 3) / 4 * 4;
    int size = (binary.length + 3) / 4 * 4;
    ByteBuffer out = ByteBuffer.allocate(28 + length + size).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(0x46546C67).putInt(2).putInt(out.capacity());
    out.putInt(length).putInt(0x4E4F534A).put(text);
    while (out.position() < 20 + length) {
      out.put((byte) ' ');
    }
    return out.putInt(size).putInt(0x004E4942).put(binary).array();
  }

  String embedded() {
    return "data:application/octet-stream;base64," + Base64.getEncoder().encodeToString(buffer());
  }

  Shape read(String rest) throws CorruptInputException {
    return read("shapes/a.glb", glb(rest));
  }

  Mesh mesh(String rest) throws CorruptInputException {
    return (Mesh) read(rest);
  }

  Shape read(String path, byte[] bytes) throws CorruptInputException {
    return read(path, bytes, Limits.defaults());
  }

  Shape read(String path, byte[] bytes, Limits limits) throws CorruptInputException {
    files.put(path, bytes);
    return ShapeReader.read(new InMemory(files), path, limits);
  }

  private record InMemory(Map<String, byte[]> files) implements SourceFiles {
    @Override
    public byte[] read(String path, long limitBytes) throws IOException {
      if (!files.containsKey(path)) {
        throw new FileNotFoundException(path);
      }
      return files.get(path);
    }

    @Override
    public boolean exists(String path) {
      return files.containsKey(path);
    }
  }
}
