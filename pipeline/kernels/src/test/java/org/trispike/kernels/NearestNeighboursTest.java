package org.trispike.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class NearestNeighboursTest {

  /** The definition: all points in the order of distance and index. */
  private static int[] naive(float[] xyz, int[] centres, int neighbours) {
    int[] found = new int[centres.length * neighbours];
    for (int c = 0; c < centres.length; c++) {
      int centre = centres[c];
      int[] order =
          IntStream.range(0, xyz.length / 3)
              .boxed()
              .sorted(
                  Comparator.<Integer>comparingDouble(i -> squared(xyz, centre, i))
                      .thenComparing(Comparator.naturalOrder()))
              .mapToInt(Integer::intValue)
              .toArray();
      System.arraycopy(order, 0, found, c * neighbours, neighbours);
    }
    return found;
  }

  private static float squared(float[] xyz, int i, int j) {
    float dx = xyz[3 * i] - xyz[3 * j];
    float dy = xyz[3 * i + 1] - xyz[3 * j + 1];
    float dz = xyz[3 * i + 2] - xyz[3 * j + 2];
    return dx * dx + dy * dy + dz * dz;
  }

  private static void assertAsNaive(float[] xyz, int neighbours) {
    int points = xyz.length / 3;
    int[] centres = IntStream.range(0, Math.min(points, 40)).map(i -> i * 7 % points).toArray();
    assertThat(NearestNeighbours.search(xyz, 0, points, centres, neighbours))
        .isEqualTo(naive(xyz, centres, neighbours));
  }

  @Test
  void findsWhatSortingAllPointsFinds() {
    for (int points : new int[] {1, 2, 31, 64, 65, 700}) {
      float[] xyz = Clouds.surface(1, points, 0.5f, points).xyz();
      for (int neighbours : new int[] {1, 2, 16, 32, points}) {
        assertAsNaive(xyz, Math.min(points, neighbours));
      }
    }
  }

  @Test
  void ofEquallyFarPointsTheFirstAreTaken() {
    KeyedRandom random = KeyedRandom.of(5);
    float[] lattice = new float[3 * 400];
    float[] far = new float[3 * 200];
    for (int i = 0; i < lattice.length; i++) {
      lattice[i] = (int) (4 * random.nextFloat());
    }
    for (int i = 0; i < far.length; i++) {
      // Squares of these overflow: most points are infinitely, and so equally, far.
      far[i] = (random.nextFloat() - 0.5f) * Float.MAX_VALUE;
    }
    for (int neighbours : new int[] {1, 9, 32, 200}) {
      assertAsNaive(lattice, neighbours);
      assertAsNaive(far, neighbours);
      assertAsNaive(new float[3 * 200], neighbours);
    }
  }

  @Test
  void aCloudAmongOthersHasIndicesOfItsOwn() {
    PointBatch three = Clouds.surface(3, 100, 0.5f, 9);
    int first = three.offsets()[1];
    int points = three.offsets()[2] - first;
    float[] alone = Arrays.copyOfRange(three.xyz(), 3 * first, 3 * (first + points));
    int[] centres = {0, 5, 50};
    assertThat(NearestNeighbours.search(three.xyz(), first, points, centres, 8))
        .isEqualTo(NearestNeighbours.search(alone, 0, points, centres, 8))
        .isEqualTo(naive(alone, centres, 8));
  }

  @Test
  void refusesWhatItCannotFind() {
    float[] xyz = new float[6];
    assertThatThrownBy(() -> NearestNeighbours.search(xyz, 0, 2, new int[] {0}, 3))
        .hasMessage("3 neighbours of 2 points");
    assertThatThrownBy(() -> NearestNeighbours.search(xyz, 1, 2, new int[] {0}, 1))
        .hasMessage("Points 1..3 are not in the array");
  }
}
