package org.trispike.datasets.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.trispike.datasets.geometry.PointCloud;

/**
 * Writes clouds as PLY files, binary and little-endian: float x, y, z and uchar red, green, blue.
 */
public final class PlyWriter {
  private static final int ROW_BYTES = 15;

  private PlyWriter() {}

  public static byte[] write(PointCloud cloud) {
    byte[] header =
        """
        ply
        format binary_little_endian 1.0
        element vertex %d
        property float x
        property float y
        property float z
        property uchar red
        property uchar green
        property uchar blue
        end_header
        """
            .formatted(cloud.points())
            .getBytes(StandardCharsets.US_ASCII);
    ByteBuffer out =
        ByteBuffer.allocate(header.length + ROW_BYTES * cloud.points())
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(header);
    for (int p = 0; p < cloud.points(); p++) {
      for (int k = 0; k < 3; k++) {
        out.putFloat(cloud.xyz()[3 * p + k]);
      }
      for (int k = 0; k < 3; k++) {
        out.put((byte) Math.round(255 * Math.max(0, Math.min(1, cloud.rgb()[3 * p + k]))));
      }
    }
    return out.array();
  }
}
