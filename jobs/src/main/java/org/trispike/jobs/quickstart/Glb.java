package org.trispike.jobs.quickstart;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** The smallest binary glTF 2.0: one mesh, one material. */
final class Glb {
  private static final int MAGIC = 0x46546C67;
  private static final int JSON = 0x4E4F534A;
  private static final int BIN = 0x004E4942;

  private Glb() {}

  static byte[] bytes(float[] xyz, int[] corners, double[] rgb) {
    ByteBuffer binary =
        ByteBuffer.allocate(4 * (xyz.length + corners.length)).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : xyz) {
      binary.putFloat(value);
    }
    for (int corner : corners) {
      binary.putInt(corner);
    }
    byte[] json = padded(json(xyz, corners.length, rgb));
    int length = 12 + 8 + json.length + 8 + binary.capacity();
    return ByteBuffer.allocate(length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(MAGIC)
        .putInt(2)
        .putInt(length)
        .putInt(json.length)
        .putInt(JSON)
        .put(json)
        .putInt(binary.capacity())
        .putInt(BIN)
        .put(binary.array())
        .array();
  }

  private static byte[] padded(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(bytes, (bytes.length + 3) / 4 * 4);
    Arrays.fill(padded, bytes.length, padded.length, (byte) ' ');
    return padded;
  }

  private static String json(float[] xyz, int indices, double[] rgb) {
    float[] low = {Float.MAX_VALUE, Float.MAX_VALUE, Float.MAX_VALUE};
    float[] high = {-Float.MAX_VALUE, -Float.MAX_VALUE, -Float.MAX_VALUE};
    for (int i = 0; i < xyz.length; i++) {
      low[i % 3] = Math.min(low[i % 3], xyz[i]);
      high[i % 3] = Math.max(high[i % 3], xyz[i]);
    }
    return """
        {"asset":{"version":"2.0","generator":"trispike quickstart"},"scene":0,\
        "scenes":[{"nodes":[0]}],"nodes":[{"mesh":0}],\
        "meshes":[{"primitives":[{"attributes":{"POSITION":0},"indices":1,"material":0}]}],\
        "materials":[{"pbrMetallicRoughness":{"baseColorFactor":[%s,%s,%s,1],"metallicFactor":0}}],\
        "buffers":[{"byteLength":%d}],\
        "bufferViews":[{"buffer":0,"byteLength":%d,"target":34962},\
        {"buffer":0,"byteOffset":%d,"byteLength":%d,"target":34963}],\
        "accessors":[{"bufferView":0,"componentType":5126,"count":%d,"type":"VEC3",\
        "min":%s,"max":%s},{"bufferView":1,"componentType":5125,"count":%d,"type":"SCALAR"}]}"""
        .formatted(
            linear(rgb[0]),
            linear(rgb[1]),
            linear(rgb[2]),
            4 * (xyz.length + indices),
            4 * xyz.length,
            4 * xyz.length,
            4 * indices,
            xyz.length / 3,
            Arrays.toString(low),
            Arrays.toString(high),
            indices);
  }

  /** glTF keeps colour factors linear; the others of our files hold sRGB. */
  private static String linear(double srgb) {
    double value = srgb <= 0.04045 ? srgb / 12.92 : Math.pow((srgb + 0.055) / 1.055, 2.4);
    return String.format(Locale.ROOT, "%.5f", value);
  }
}
