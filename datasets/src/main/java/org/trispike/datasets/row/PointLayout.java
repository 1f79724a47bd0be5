package org.trispike.datasets.row;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.trispike.datasets.geometry.PointCloud;
import org.trispike.kernels.cpu.FixedPoint;
import org.trispike.kernels.cpu.FixedPoint.Range;

/**
 * How the points of a shape lie in their one binary value; the word stands in the shard's metadata.
 *
 * <p>A {@code LIST<float>} in the place of the packed value would cost 10 to 20 times the read time
 * (measured). Both layouts are little-endian: all coordinates, then all colours, three each a
 * point.
 */
public enum PointLayout {
  /** u16 coordinates over [-1, 1] (error at most 1.6e-5), u8 colours: 9 bytes a point. */
  QUANTISED("u16-xyz-u8-rgb", 9),
  /** float32 for both: 24 bytes a point. */
  FLOAT32("f32-xyz-f32-rgb", 24);

  private final String word;
  private final int bytesPerPoint;

  PointLayout(String word, int bytesPerPoint) {
    this.word = word;
    this.bytesPerPoint = bytesPerPoint;
  }

  public String word() {
    return word;
  }

  public int bytesPerPoint() {
    return bytesPerPoint;
  }

  public static PointLayout of(String word) {
    return Arrays.stream(values())
        .filter(layout -> layout.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Unknown point layout " + word));
  }

  public byte[] pack(PointCloud cloud) {
    float[] xyz = cloud.xyz();
    float[] rgb = cloud.rgb();
    byte[] packed = new byte[xyz.length / 3 * bytesPerPoint];
    if (this == FLOAT32) {
      ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(xyz).put(rgb);
      return packed;
    }
    FixedPoint.pack16(Range.SIGNED, xyz, packed, 0);
    FixedPoint.pack8(Range.UNIT, rgb, packed, Short.BYTES * xyz.length);
    return packed;
  }

  public PointCloud unpack(byte[] packed) {
    return unpack(ByteBuffer.wrap(packed));
  }

  /** The points in the remaining bytes, which are not consumed. */
  PointCloud unpack(ByteBuffer packed) {
    ByteBuffer in = packed.slice().order(ByteOrder.LITTLE_ENDIAN);
    int bytes = in.remaining();
    int points = bytes / bytesPerPoint;
    if (points * bytesPerPoint != bytes) {
      throw new IllegalArgumentException(
          "Points are " + bytes + " bytes, no multiple of " + bytesPerPoint);
    }
    float[] xyz = new float[points * 3];
    float[] rgb = new float[points * 3];
    if (this == FLOAT32) {
      in.asFloatBuffer().get(xyz).get(rgb);
      return new PointCloud(xyz, rgb);
    }
    byte[] steps = in.hasArray() ? in.array() : copy(in);
    int at = in.hasArray() ? in.arrayOffset() : 0;
    FixedPoint.unpack16(Range.SIGNED, steps, at, xyz);
    FixedPoint.unpack8(Range.UNIT, steps, at + Short.BYTES * xyz.length, rgb);
    return new PointCloud(xyz, rgb);
  }

  private static byte[] copy(ByteBuffer in) {
    byte[] bytes = new byte[in.remaining()];
    in.duplicate().get(bytes);
    return bytes;
  }
}
