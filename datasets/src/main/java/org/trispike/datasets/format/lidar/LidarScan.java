package org.trispike.datasets.format.lidar;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.trispike.datasets.format.Checks;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;

/**
 * One turn of a lidar.
 *
 * @param xyzi [points, 4] x, y and z in metres and the intensity of the echo, in the unit of the
 *     file: 0..1 for KITTI, 0..255 for nuScenes; shared, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // a large array that is passed through
public record LidarScan(float[] xyzi) {
  /** Values of a point in the scans of KITTI and SemanticKITTI. */
  public static final int KITTI_FLOATS = 4;

  /** Values of a point in the scans of nuScenes: the last is the laser's number. */
  public static final int NUSCENES_FLOATS = 5;

  public LidarScan {
    if (xyzi.length % 4 != 0) {
      throw new IllegalArgumentException(xyzi.length + " numbers are no points of 4");
    }
    for (int i = 0; i < xyzi.length; i++) {
      if (!Float.isFinite(xyzi[i])) {
        throw new IllegalArgumentException("Point " + i / 4 + " holds the number " + xyzi[i]);
      }
    }
  }

  /** A scan of KITTI or SemanticKITTI. */
  public static LidarScan read(Source source) throws CorruptInputException {
    return read(source, KITTI_FLOATS);
  }

  /**
   * The scan that a file of 32-bit floats holds, point after point. No file tells how many belong
   * to a point.
   *
   * @param floatsPerPoint at least 4; those behind x, y, z and intensity are left out
   */
  public static LidarScan read(Source source, int floatsPerPoint) throws CorruptInputException {
    if (floatsPerPoint < 4 || floatsPerPoint > 64) {
      throw new IllegalArgumentException("Floats per point = " + floatsPerPoint);
    }
    byte[] bytes = source.bytes();
    source.check(bytes.length > 0, Reason.EMPTY, "It has no points");
    int size = floatsPerPoint * Float.BYTES;
    source.check(
        bytes.length % size == 0,
        Reason.TRUNCATED,
        "Its %s bytes end within a point of %s bytes",
        bytes.length,
        size);
    int points = bytes.length / size;
    Checks.vertices(source, points);
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    float[] xyzi = new float[points * 4];
    for (int i = 0; i < xyzi.length; i++) {
      xyzi[i] = in.getFloat(i / 4 * size + i % 4 * Float.BYTES);
      if (!Float.isFinite(xyzi[i])) {
        throw source.bad(Reason.NOT_FINITE, "Point %s holds the number %s", i / 4, xyzi[i]);
      }
    }
    return new LidarScan(xyzi);
  }

  public int points() {
    return xyzi.length / 4;
  }
}
