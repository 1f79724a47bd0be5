package org.trispike.datasets.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.trispike.kernels.KeyedRandom;

final class SurfaceSamplerTest {
  /** Two right triangles in the planes z = 0 and z = 1, of areas 0.5 and 4.5, and one without. */
  private static Mesh mesh() {
    float[] low = {0, 0, 0, 1, 0, 0, 0, 1, 0};
    float[] high = {0, 0, 1, 3, 0, 1, 0, 3, 1};
    float[] none = {5, 5, 5, 6, 6, 6, 7, 7, 7};
    int[] one = {0, 1, 2};
    return new Mesh(
        List.of(
            new MeshPart(low, one, Look.plain(1, 0, 0)),
            new MeshPart(none, one, Look.grey()),
            new MeshPart(high, one, Look.vertices(new float[] {0, 0, 0, 0, 1, 0, 0, 0, 1}))));
  }

  @Test
  void areasDecideWherePointsLie() {
    assertThat(SurfaceSampler.area(mesh())).isCloseTo(5, within(1e-12));
    PointCloud cloud = SurfaceSampler.sample(mesh(), 1000, 3);
    int low = 0;
    for (int i = 0; i < 1000; i++) {
      float x = cloud.xyz()[3 * i];
      float y = cloud.xyz()[3 * i + 1];
      float z = cloud.xyz()[3 * i + 2];
      float side = z == 0 ? 1 : 3;
      assertThat(z == 0 || z == 1).isTrue();
      assertThat(x).isBetween(0f, side);
      assertThat(x + y).isLessThanOrEqualTo(side + 1e-5f);
      low += z == 0 ? 1 : 0;
    }
    // Strata: a tenth of the area has a tenth of the points, up to the one that is shared.
    assertThat(low).isBetween(99, 101);
  }

  @Test
  void pointsAreThoseOfASearchForEach() {
    // The formulas of the class comment, without its walk and its tricks.
    List<MeshPart> parts = mesh().parts();
    int points = 2000;
    KeyedRandom random = KeyedRandom.of(11);
    PointCloud cloud = SurfaceSampler.sample(mesh(), points, 11);
    for (int i = 0; i < points; i++) {
      long bits = random.nextLong();
      MeshPart part =
          (i + (bits & 0xFFFF) / 65536.0) * (5.0 / points) < 0.5 ? parts.get(0) : parts.get(2);
      float s = (bits >>> 40) / 16777216f;
      float t = (bits >>> 16 & 0xFFFFFF) / 16777216f;
      boolean beyond = s + t > 1;
      float u = beyond ? 1 - s : s;
      float v = beyond ? 1 - t : t;
      for (int d = 0; d < 3; d++) {
        float[] xyz = part.xyz();
        assertThat(cloud.xyz()[3 * i + d])
            .isEqualTo(xyz[d] + u * (xyz[3 + d] - xyz[d]) + v * (xyz[6 + d] - xyz[d]));
      }
    }
  }

  @Test
  void pointsFillATriangleEvenly() {
    PointCloud cloud = SurfaceSampler.sample(mesh(), 20_000, 5);
    double x = 0;
    double y = 0;
    int count = 0;
    for (int i = 0; i < cloud.points(); i++) {
      if (cloud.xyz()[3 * i + 2] == 1) {
        x += cloud.xyz()[3 * i];
        y += cloud.xyz()[3 * i + 1];
        count++;
      }
    }
    // The centroid; the mean of 18,000 draws has a standard deviation of 0.005.
    assertThat(x / count).isCloseTo(1, within(0.025));
    assertThat(y / count).isCloseTo(1, within(0.025));
  }

  @Test
  void coloursAreThoseOfTheSurface() {
    PointCloud cloud = SurfaceSampler.sample(mesh(), 500, 3);
    for (int i = 0; i < 500; i++) {
      boolean low = cloud.xyz()[3 * i + 2] == 0;
      float green = low ? 0 : cloud.xyz()[3 * i] / 3;
      float blue = low ? 0 : cloud.xyz()[3 * i + 1] / 3;
      assertThat(cloud.rgb()[3 * i]).isEqualTo(low ? 1 : 0);
      assertThat(cloud.rgb()[3 * i + 1]).isCloseTo(green, within(1e-6f));
      assertThat(cloud.rgb()[3 * i + 2]).isCloseTo(blue, within(1e-6f));
    }
  }

  @Test
  void aSeedDecidesTheDraw() {
    float[] first = SurfaceSampler.sample(mesh(), 100, 3).xyz();
    assertThat(SurfaceSampler.sample(mesh(), 100, 3).xyz()).isEqualTo(first);
    assertThat(SurfaceSampler.sample(mesh(), 100, 4).xyz()).isNotEqualTo(first);
  }

  @Test
  void refusesWhatHasNoArea() {
    Mesh flat =
        new Mesh(
            List.of(
                new MeshPart(
                    new float[] {0, 0, 0, 1, 1, 1, 2, 2, 2}, new int[] {0, 1, 2}, Look.grey())));
    assertThatThrownBy(() -> SurfaceSampler.sample(flat, 10, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("an area of 0");
  }
}
