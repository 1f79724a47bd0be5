package org.trispike.datasets.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.trispike.kernels.PointBatch;

final class ViewsTest {
  private static final PointCloud CLOUD =
      new PointCloud(new float[] {1, 0, 0.5f, 0, -2, 3}, new float[] {0, 1, 0, 1, 0, 0.25f});

  @Test
  void oneViewIsTheCloudItself() {
    PointBatch views = Views.of(CLOUD, 1);
    assertThat(views.offsets()).containsExactly(0, 2);
    assertThat(views.xyz()).containsExactly(CLOUD.xyz());
    assertThat(views.rgb()).containsExactly(CLOUD.rgb());
  }

  @Test
  void fourViewsAreQuarterTurnsAboutTheVerticalAxis() {
    PointBatch views = Views.of(CLOUD, 4);
    assertThat(views.offsets()).containsExactly(0, 2, 4, 6, 8);
    float[] quarter = java.util.Arrays.copyOfRange(views.xyz(), 6, 12);
    assertThat(quarter).containsExactly(new float[] {0, 1, 0.5f, 2, 0, 3}, within(1e-6f));
    float[] half = java.util.Arrays.copyOfRange(views.xyz(), 12, 18);
    assertThat(half).containsExactly(new float[] {-1, 0, 0.5f, 0, 2, 3}, within(1e-6f));
    assertThat(java.util.Arrays.copyOfRange(views.rgb(), 18, 24)).containsExactly(CLOUD.rgb());
  }

  @Test
  void noViewIsRefused() {
    assertThatThrownBy(() -> Views.of(CLOUD, 0)).hasMessage("Rotations 0 are not positive");
  }
}
