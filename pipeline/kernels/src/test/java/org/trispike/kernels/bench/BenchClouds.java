package org.trispike.kernels.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.trispike.kernels.KeyedRandom;
import org.trispike.kernels.PointBatch;

/** Clouds to measure on: generated surfaces, or an array of real ones. */
final class BenchClouds {
  private static final int NPY_HEADER = 128;

  private BenchClouds() {}

  /**
   * Coloured points on two ellipsoids and a box, about as many voxels as a real shape of the unit
   * sphere has.
   */
  static PointBatch surfaces(int samples, int points, long key) {
    float[] xyz = new float[3 * samples * points];
    float[] rgb = new float[3 * samples * points];
    for (int s = 0; s < samples; s++) {
      KeyedRandom random = KeyedRandom.of(key, s);
      float[][] axes = new float[3][3];
      for (float[] axis : axes) {
        for (int d = 0; d < 3; d++) {
          axis[d] = random.uniform(0.15, 0.6);
        }
      }
      for (int p = 0; p < points; p++) {
        float[] axis = axes[p % 3];
        double[] u = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
        double norm =
            p % 3 == 2
                ? Math.max(Math.abs(u[0]), Math.max(Math.abs(u[1]), Math.abs(u[2])))
                : Math.sqrt(u[0] * u[0] + u[1] * u[1] + u[2] * u[2]);
        int at = 3 * (s * points + p);
        for (int d = 0; d < 3; d++) {
          xyz[at + d] = (float) (u[d] / norm * axis[d]);
          rgb[at + d] = random.nextFloat();
        }
      }
    }
    return new PointBatch(offsets(samples, points), xyz, rgb);
  }

  /** Samples {@code first..} of a .npy file of float32 [n, 10000, 6] in C order. */
  static PointBatch npy(Path file, int first, int samples) {
    int points = 10_000;
    ByteBuffer bytes = ByteBuffer.allocate(samples * points * 24).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(file)) {
      channel.position(NPY_HEADER + (long) first * points * 24);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    bytes.flip();
    float[] xyz = new float[3 * samples * points];
    float[] rgb = new float[3 * samples * points];
    for (int p = 0; p < samples * points; p++) {
      for (int d = 0; d < 6; d++) {
        (d < 3 ? xyz : rgb)[3 * p + d % 3] = bytes.getFloat();
      }
    }
    return new PointBatch(offsets(samples, points), xyz, rgb);
  }

  private static int[] offsets(int samples, int points) {
    int[] offsets = new int[samples + 1];
    for (int s = 0; s <= samples; s++) {
      offsets[s] = s * points;
    }
    return offsets;
  }
}
