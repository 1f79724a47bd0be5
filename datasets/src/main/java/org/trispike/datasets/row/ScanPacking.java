package org.trispike.datasets.row;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.trispike.datasets.format.lidar.LidarScan;
import org.trispike.datasets.format.lidar.PointLabels;

/**
 * How scans, their labels and matrices lie in binary values, all little-endian: a point as float32
 * x, y, z and intensity, point after point; a label as u16 class, then all objects as u16; a matrix
 * [3, 4] as float64, row after row.
 */
final class ScanPacking {
  private static final int MATRIX = 12;

  private ScanPacking() {}

  static byte[] pack(LidarScan scan) {
    ByteBuffer out = buffer(scan.xyzi().length * Float.BYTES);
    out.asFloatBuffer().put(scan.xyzi());
    return out.array();
  }

  static LidarScan scan(byte[] packed) {
    check(packed.length % (4 * Float.BYTES) == 0, "A scan of " + packed.length + " bytes");
    float[] xyzi = new float[packed.length / Float.BYTES];
    in(packed).asFloatBuffer().get(xyzi);
    return new LidarScan(xyzi);
  }

  static byte[] pack(PointLabels labels) {
    ByteBuffer out = buffer(labels.size() * 2 * Short.BYTES);
    for (int label : labels.semantic()) {
      out.putShort((short) label);
    }
    for (int instance : labels.instance()) {
      out.putShort((short) instance);
    }
    return out.array();
  }

  static PointLabels labels(byte[] packed) {
    check(packed.length % (2 * Short.BYTES) == 0, "Labels of " + packed.length + " bytes");
    ByteBuffer in = in(packed);
    int[] semantic = new int[packed.length / (2 * Short.BYTES)];
    int[] instance = new int[semantic.length];
    for (int i = 0; i < semantic.length; i++) {
      semantic[i] = in.getShort() & 0xFFFF;
    }
    for (int i = 0; i < instance.length; i++) {
      instance[i] = in.getShort() & 0xFFFF;
    }
    return new PointLabels(semantic, instance);
  }

  static byte[] pack(double[] matrix) {
    ByteBuffer out = buffer(matrix.length * Double.BYTES);
    out.asDoubleBuffer().put(matrix);
    return out.array();
  }

  static double[] matrix(byte[] packed) {
    check(packed.length == MATRIX * Double.BYTES, "A matrix of " + packed.length + " bytes");
    double[] matrix = new double[MATRIX];
    in(packed).asDoubleBuffer().get(matrix);
    return matrix;
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer in(byte[] packed) {
    return ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void check(boolean ok, String message) {
    if (!ok) {
      throw new IllegalArgumentException(message);
    }
  }
}
