package org.trispike.datasets.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.trispike.kernels.KeyedRandom;

final class CloudsTest {
  private static PointCloud cloud(int points) {
    KeyedRandom random = KeyedRandom.of(1);
    float[] xyz = new float[3 * points];
    float[] rgb = new float[3 * points];
    for (int i = 0; i < xyz.length; i++) {
      xyz[i] = random.uniform(2, 9);
      rgb[i] = random.nextFloat();
    }
    return new PointCloud(xyz, rgb);
  }

  @Test
  void theUnitSphereIsCentredOnTheMeanAndTouched() {
    float[] xyz = Clouds.unitSphere(cloud(500)).xyz();
    double[] mean = new double[3];
    double largest = 0;
    for (int i = 0; i < xyz.length; i += 3) {
      double square = 0;
      for (int k = 0; k < 3; k++) {
        mean[k] += xyz[i + k] / 500.0;
        square += xyz[i + k] * xyz[i + k];
      }
      largest = Math.max(largest, Math.sqrt(square));
    }
    assertThat(mean).containsExactly(new double[3], within(1e-6));
    assertThat(largest).isCloseTo(1, within(1e-6));
  }

  @Test
  void onePlaceBecomesTheOrigin() {
    float[] same = {4, 5, 6, 4, 5, 6};
    assertThat(Clouds.unitSphere(new PointCloud(same, same)).xyz()).containsOnly(0);
  }

  @Test
  void drawsWithoutRepetitionAsLongAsThereAreNewPoints() {
    PointCloud some = Clouds.resample(cloud(100), 60, 2);
    Set<Float> seen = new HashSet<>();
    for (int i = 0; i < 60; i++) {
      assertThat(seen.add(some.xyz()[3 * i])).isTrue();
    }
    PointCloud more = Clouds.resample(cloud(20), 60, 2);
    Set<Float> all = new HashSet<>();
    for (int i = 0; i < 60; i++) {
      all.add(more.xyz()[3 * i]);
    }
    assertThat(all).hasSize(20);
  }

  @Test
  void turningUpIsARotationAndNoMirror() {
    float[] axes = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    PointCloud turned = (PointCloud) UpAxis.Y.upright(new PointCloud(axes, new float[9]), "ply");
    float[] r = turned.xyz();
    // x stays, y becomes z, z becomes −y.
    assertThat(r).containsExactly(new float[] {1, 0, 0, 0, 0, 1, 0, -1, 0}, within(0f));
    double determinant =
        r[0] * (r[4] * r[8] - r[5] * r[7])
            - r[1] * (r[3] * r[8] - r[5] * r[6])
            + r[2] * (r[3] * r[7] - r[4] * r[6]);
    assertThat(determinant).isEqualTo(1);
  }

  @Test
  void theFormatTellsWhichAxisIsUp() {
    assertThat(UpAxis.AUTO.of("GLB")).isEqualTo(UpAxis.Y);
    assertThat(UpAxis.AUTO.of("off")).isEqualTo(UpAxis.Z);
    assertThat(UpAxis.Z.of("glb")).isEqualTo(UpAxis.Z);
  }
}
