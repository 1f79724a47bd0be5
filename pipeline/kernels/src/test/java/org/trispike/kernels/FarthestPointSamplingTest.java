package org.trispike.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class FarthestPointSamplingTest {
  private static final int NPY_HEADER = 128;

  /** How far two points are from each other. */
  private interface Distance {
    float between(int i, int j);
  }

  /** The definition: for each point the nearest pick, of the farthest points the first. */
  private static int[] naive(Distance distance, int points, int picks, int start) {
    int[] picked = new int[picks];
    picked[0] = start;
    for (int k = 1; k < picks; k++) {
      float most = -1;
      for (int i = 0; i < points; i++) {
        float nearest = Float.POSITIVE_INFINITY;
        for (int p = 0; p < k; p++) {
          nearest = Math.min(nearest, distance.between(picked[p], i));
        }
        if (nearest > most) {
          most = nearest;
          picked[k] = i;
        }
      }
    }
    return picked;
  }

  private static Distance of(float[] xyz) {
    return (i, j) -> {
      float dx = xyz[3 * i] - xyz[3 * j];
      float dy = xyz[3 * i + 1] - xyz[3 * j + 1];
      float dz = xyz[3 * i + 2] - xyz[3 * j + 2];
      return dx * dx + dy * dy + dz * dz;
    };
  }

  private static void assertAllPickTheSame(float[] xyz, int picks, int start) {
    int points = xyz.length / 3;
    int[] expected = naive(of(xyz), points, picks, start);
    assertThat(FarthestPointSampling.scanned(xyz, 0, points, picks, start)).isEqualTo(expected);
    assertThat(FarthestPointSampling.pruned(xyz, 0, points, picks, start)).isEqualTo(expected);
    assertThat(FarthestPointSampling.sample(xyz, 0, points, picks, start)).isEqualTo(expected);
  }

  @Test
  void picksWhatADoubleLoopPicks() {
    for (int points : new int[] {1, 2, 31, 32, 33, 64, 65, 300, 700}) {
      float[] xyz = Clouds.surface(1, points, 0.5f, points).xyz();
      assertAllPickTheSame(xyz, Math.min(points, 120), points / 2);
      assertAllPickTheSame(xyz, Math.min(points, 64), 0);
    }
  }

  @Test
  void ofEquallyFarPointsTheFirstIsPicked() {
    // A lattice, each of its points three times, in a keyed order: nearly all distances are ties.
    int side = 5;
    int points = 3 * side * side * side;
    KeyedPermutation order = new KeyedPermutation(points, 4);
    float[] xyz = new float[3 * points];
    for (int i = 0; i < points; i++) {
      int cell = (int) order.apply(i) / 3;
      xyz[3 * i] = cell / (side * side);
      xyz[3 * i + 1] = cell / side % side;
      xyz[3 * i + 2] = cell % side;
    }
    // To the end: the copies of picked points are all at a distance of zero, and the first is 0.
    assertAllPickTheSame(xyz, points, 7);
    int[] picked = FarthestPointSampling.pruned(xyz, 0, points, points, 7);
    assertThat(java.util.Arrays.copyOf(picked, points / 3)).doesNotHaveDuplicates();
    assertThat(java.util.Arrays.copyOfRange(picked, points / 3, points)).containsOnly(0);
  }

  @Test
  void picksOfALatticeAreThoseOfNumpy() {
    // numpy 1.24: x = np.indices((4, 4, 4)).reshape(3, -1).T; m = np.minimum(m, ((x - x[p])**2)
    // .sum(1)); p = np.argmax(m), which takes the first of several; from p = 0.
    float[] xyz = new float[3 * 64];
    for (int i = 0; i < 64; i++) {
      xyz[3 * i] = i / 16;
      xyz[3 * i + 1] = i / 4 % 4;
      xyz[3 * i + 2] = i % 4;
    }
    int[] numpy = {0, 63, 7, 28, 49, 14, 35, 56, 21, 42, 2, 8, 27, 32, 45, 54};
    assertThat(FarthestPointSampling.scanned(xyz, 0, 64, 16, 0)).isEqualTo(numpy);
    assertThat(FarthestPointSampling.pruned(xyz, 0, 64, 16, 0)).isEqualTo(numpy);
  }

  @Test
  void picksOfAwkwardCloudsAreTheSame() {
    KeyedRandom random = KeyedRandom.of(3);
    float[] line = new float[3 * 200];
    float[] far = new float[3 * 200];
    for (int i = 0; i < 200; i++) {
      line[3 * i + 1] = random.nextFloat();
      for (int d = 0; d < 3; d++) {
        // Squares of these overflow, so that points are infinitely far from each other.
        far[3 * i + d] = (random.nextFloat() - 0.5f) * (i % 2 == 0 ? 1 : Float.MAX_VALUE);
      }
    }
    assertAllPickTheSame(line, 100, 5);
    assertAllPickTheSame(far, 100, 5);
    assertAllPickTheSame(new float[3 * 100], 10, 99);
  }

  @Test
  void aCloudAmongOthersHasIndicesOfItsOwn() {
    PointBatch three = Clouds.surface(3, 600, 0.5f, 9);
    int first = three.offsets()[1];
    int points = three.offsets()[2] - first;
    float[] alone = java.util.Arrays.copyOfRange(three.xyz(), 3 * first, 3 * (first + points));
    assertThat(FarthestPointSampling.sample(three.xyz(), first, points, 50, 3))
        .isEqualTo(FarthestPointSampling.sample(alone, 0, points, 50, 3));
    assertThat(FarthestPointSampling.scanned(three.xyz(), first, points, 50, 3))
        .isEqualTo(FarthestPointSampling.scanned(alone, 0, points, 50, 3));
  }

  @Test
  void refusesWhatItCannotPick() {
    float[] xyz = {0, 0, 0, 1, Float.NaN, 0};
    assertThatThrownBy(() -> FarthestPointSampling.sample(xyz, 0, 2, 1, 0))
        .hasMessageContaining("Point 1 has a coordinate of NaN");
    assertThatThrownBy(() -> FarthestPointSampling.sample(xyz, 0, 1, 2, 0))
        .hasMessageContaining("2 picks of 1 points");
    assertThatThrownBy(() -> FarthestPointSampling.sample(xyz, 0, 1, 1, 1))
        .hasMessageContaining("Start 1 is outside 0..0");
    assertThatThrownBy(() -> FarthestPointSampling.sample(xyz, 1, 2, 1, 0))
        .hasMessageContaining("Points 1..3 are not in the array");
  }

  @Test
  void theDefinitionIsThatOfThePublishedOperator() throws IOException {
    // The vector of mmdet3d's operator is a matrix of distances of features, not of points in
    // space: it tells that the naive loop above, which all else is compared with, is the right one.
    Path ops = Path.of(System.getProperty("trispike.shared", ""), "lidar/mmdet3d_tiny/ops");
    assumeTrue(Files.isDirectory(ops), "No real data; -Dtrispike.shared names its folder");
    ByteBuffer matrix = npy(ops.resolve("features_for_fps_distance.npy"));
    ByteBuffer picks = npy(ops.resolve("fps_idx.npy"));
    for (int cloud = 0; cloud < 2; cloud++) {
      int at = cloud * 64 * 64;
      int[] picked = naive((i, j) -> matrix.getFloat(4 * (at + 64 * i + j)), 64, 16, 0);
      for (int k = 0; k < 16; k++) {
        assertThat(picked[k]).isEqualTo(picks.getInt(4 * (16 * cloud + k)));
      }
    }
  }

  private static ByteBuffer npy(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return ByteBuffer.wrap(bytes, NPY_HEADER, bytes.length - NPY_HEADER)
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
