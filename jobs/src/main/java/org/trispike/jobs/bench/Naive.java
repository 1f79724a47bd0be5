package org.trispike.jobs.bench;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.trispike.datasets.geometry.MeshPart;
import org.trispike.datasets.geometry.PointCloud;
import org.trispike.kernels.KeyedRandom;
import org.trispike.kernels.PointBatch;

/** The plain ways to sample, as baselines: what anybody would write first. */
final class Naive {
  private Naive() {}

  /** How many voxels a batch occupies, by a hash table of open addressing for each cloud. */
  static int voxels(PointBatch batch, float size) {
    int distinct = 0;
    for (int s = 0; s < batch.samples(); s++) {
      int points = batch.offsets()[s + 1] - batch.offsets()[s];
      int mask = Integer.highestOneBit(points) * 4 - 1;
      long[] table = new long[mask + 1];
      Arrays.fill(table, -1);
      for (int i = 3 * batch.offsets()[s]; i < 3 * batch.offsets()[s + 1]; i += 3) {
        long x = (long) Math.floor((batch.xyz()[i] + 1) / size);
        long y = (long) Math.floor((batch.xyz()[i + 1] + 1) / size);
        long z = (long) Math.floor((batch.xyz()[i + 2] + 1) / size);
        long key = x << 42 | y << 21 | z;
        int slot = (int) (key * 0x9E3779B97F4A7C15L >>> 32) & mask;
        while (table[slot] != -1 && table[slot] != key) {
          slot = slot + 1 & mask;
        }
        distinct += table[slot] == key ? 0 : 1;
        table[slot] = key;
      }
    }
    return distinct;
  }

  /** Farthest points by a pass over all points for each pick. */
  static int[] farthest(float[] xyz, int picks) {
    float[] distance = new float[xyz.length / 3];
    Arrays.fill(distance, Float.POSITIVE_INFINITY);
    int[] picked = new int[picks];
    for (int k = 1; k < picks; k++) {
      float most = -1;
      for (int i = 0; i < distance.length; i++) {
        distance[i] = Math.min(distance[i], square(xyz, i, picked[k - 1]));
        if (distance[i] > most) {
          most = distance[i];
          picked[k] = i;
        }
      }
    }
    return picked;
  }

  /** The nearest points of each centre by sorting all of them. */
  static int[] nearest(float[] xyz, int[] centres, int neighbours) {
    int[] found = new int[centres.length * neighbours];
    for (int c = 0; c < centres.length; c++) {
      int centre = centres[c];
      int[] sorted =
          IntStream.range(0, xyz.length / 3)
              .boxed()
              .sorted(Comparator.comparing(i -> square(xyz, i, centre)))
              .limit(neighbours)
              .mapToInt(Integer::intValue)
              .toArray();
      System.arraycopy(sorted, 0, found, c * neighbours, neighbours);
    }
    return found;
  }

  private static float square(float[] xyz, int i, int j) {
    float dx = xyz[3 * i] - xyz[3 * j];
    float dy = xyz[3 * i + 1] - xyz[3 * j + 1];
    float dz = xyz[3 * i + 2] - xyz[3 * j + 2];
    return dx * dx + dy * dy + dz * dz;
  }

  /**
   * Points of a surface with vertex colours, each by a binary search.
   *
   * @param cumulative the running sum of the areas of its triangles
   */
  static PointCloud surface(MeshPart part, double[] cumulative, int points) {
    float[] xyz = new float[3 * points];
    float[] rgb = new float[3 * points];
    float[] colors = part.look().vertexColors();
    KeyedRandom random = KeyedRandom.of(1);
    for (int i = 0; i < points; i++) {
      double target = random.nextDouble() * cumulative[cumulative.length - 1];
      int found = Arrays.binarySearch(cumulative, target);
      int face = Math.min(found < 0 ? -found - 1 : found, cumulative.length - 1);
      float s = random.nextFloat();
      float t = random.nextFloat();
      if (s + t > 1) {
        s = 1 - s;
        t = 1 - t;
      }
      int a = 3 * part.triangles()[3 * face];
      int b = 3 * part.triangles()[3 * face + 1];
      int c = 3 * part.triangles()[3 * face + 2];
      for (int d = 0; d < 3; d++) {
        float r = 1 - s - t;
        xyz[3 * i + d] = r * part.xyz()[a + d] + s * part.xyz()[b + d] + t * part.xyz()[c + d];
        rgb[3 * i + d] = r * colors[a + d] + s * colors[b + d] + t * colors[c + d];
      }
    }
    return new PointCloud(xyz, rgb);
  }
}
