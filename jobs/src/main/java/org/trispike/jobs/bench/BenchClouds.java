package org.trispike.jobs.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.UserError;
import org.trispike.datasets.geometry.PointCloud;
import org.trispike.datasets.row.Column;
import org.trispike.datasets.row.Triplet;
import org.trispike.datasets.shard.DatasetManifest;
import org.trispike.datasets.shard.ShardInfo;
import org.trispike.datasets.shard.ShardReader;
import org.trispike.kernels.KeyedRandom;
import org.trispike.kernels.PointBatch;
import org.trispike.kernels.VoxelPyramid;

/** Clouds to measure on: generated surfaces, or those of a dataset. */
final class BenchClouds {
  static final int SAMPLES = 16;
  static final int POINTS = 10_000;

  /** Of the pyramids that E-3DSNN works on: the stem's, and one a stage. */
  static final int LEVELS = 5;

  private BenchClouds() {}

  /**
   * Batches of 16 clouds of a dataset, from shards all over it.
   *
   * @param folder with dataset.json
   */
  static List<PointBatch> dataset(String folder, int batches) {
    Configuration conf = new Configuration();
    DatasetManifest manifest = DatasetManifest.readTriplets(conf, folder);
    List<PointCloud> clouds = new ArrayList<>();
    int wanted = batches * SAMPLES;
    int each = (wanted - 1) / manifest.shards().size() + 1;
    for (ShardInfo shard : manifest.shards()) {
      int left = Math.min(each, wanted - clouds.size());
      try (ShardReader<Triplet> reader =
          ShardReader.open(conf, DatasetManifest.path(folder, shard), Set.of(Column.POINTS))) {
        for (Triplet row : reader) {
          if (left-- <= 0) {
            break;
          }
          clouds.add(row.points());
        }
      }
    }
    if (clouds.size() < SAMPLES) {
      throw UserError.data(
          folder + " has " + clouds.size() + " clouds; a batch is " + SAMPLES + " of them");
    }
    List<PointBatch> all = new ArrayList<>();
    for (int first = 0; first + SAMPLES <= clouds.size(); first += SAMPLES) {
      all.add(batch(clouds.subList(first, first + SAMPLES)));
    }
    return all;
  }

  private static PointBatch batch(List<PointCloud> clouds) {
    return PointBatch.of(
        clouds.stream().map(PointCloud::xyz).toList(),
        clouds.stream().map(PointCloud::rgb).toList());
  }

  /** The clouds of a batch, each a batch of its own. */
  static List<PointBatch> singles(PointBatch batch) {
    List<PointBatch> singles = new ArrayList<>();
    for (int s = 0; s < batch.samples(); s++) {
      int from = 3 * batch.offsets()[s];
      int to = 3 * batch.offsets()[s + 1];
      singles.add(
          PointBatch.of(
              List.of(Arrays.copyOfRange(batch.xyz(), from, to)),
              List.of(Arrays.copyOfRange(batch.rgb(), from, to))));
    }
    return singles;
  }

  /** What all rulebooks of a pyramid hold. */
  static long pairs(VoxelPyramid pyramid) {
    long pairs = 0;
    for (int i = 0; i < pyramid.levels(); i++) {
      VoxelPyramid.Level level = pyramid.level(i);
      pairs += level.submanifold().pairs() + (i > 0 ? level.down().pairs() : 0);
    }
    return pairs;
  }

  /** Batches of 16 generated clouds. */
  static List<PointBatch> generated(int batches) {
    List<PointBatch> all = new ArrayList<>();
    for (int b = 0; b < batches; b++) {
      all.add(surfaces(b));
    }
    return all;
  }

  /**
   * Coloured points on two ellipsoids and a box, about as many voxels as a real shape of the unit
   * sphere has.
   */
  static PointBatch surfaces(long key) {
    int[] offsets = new int[SAMPLES + 1];
    float[] xyz = new float[3 * SAMPLES * POINTS];
    float[] rgb = new float[xyz.length];
    for (int s = 0; s < SAMPLES; s++) {
      offsets[s + 1] = (s + 1) * POINTS;
      KeyedRandom random = KeyedRandom.of(key, s);
      float[][] axes = new float[3][3];
      for (float[] axis : axes) {
        for (int d = 0; d < 3; d++) {
          axis[d] = random.uniform(0.15, 0.6);
        }
      }
      for (int p = 0; p < POINTS; p++) {
        float[] axis = axes[p % 3];
        double[] u = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
        double norm =
            p % 3 == 2
                ? Math.max(Math.abs(u[0]), Math.max(Math.abs(u[1]), Math.abs(u[2])))
                : Math.sqrt(u[0] * u[0] + u[1] * u[1] + u[2] * u[2]);
        int at = 3 * (s * POINTS + p);
        for (int d = 0; d < 3; d++) {
          xyz[at + d] = (float) (u[d] / norm * axis[d]);
          rgb[at + d] = random.nextFloat();
        }
      }
    }
    return new PointBatch(offsets, xyz, rgb);
  }
}
