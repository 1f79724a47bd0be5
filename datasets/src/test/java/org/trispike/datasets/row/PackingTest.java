package org.trispike.datasets.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.geometry.PointCloud;

final class PackingTest {
  @Test
  void quantisedPointsAreWithinHalfAStep() {
    float[] xyz = {-1, 0, 1, 0.123456f, -0.98765f, 2};
    float[] rgb = {0, 1, 0.5f, 0.25f, 0.1f, 1.5f};
    PointCloud cloud = new PointCloud(xyz, rgb);
    byte[] packed = PointLayout.QUANTISED.pack(cloud);
    assertThat(packed).hasSize(18);
    PointCloud back = PointLayout.QUANTISED.unpack(packed);
    for (int i = 0; i < 5; i++) {
      assertThat(back.xyz()[i]).isCloseTo(xyz[i], within(1.6e-5f));
      assertThat(back.rgb()[i]).isCloseTo(rgb[i], within(0.5f / 255 + 1e-6f));
    }
    assertThat(back.xyz()[5]).isEqualTo(1);
    assertThat(back.rgb()[5]).isEqualTo(1);
  }

  @Test
  void quantisedValuesAreThoseOfMathRound() {
    float[] xyz = new float[3 * 70_000];
    float[] rgb = new float[3 * 70_000];
    for (int i = 0; i < xyz.length; i++) {
      // Halves of steps, where rounding is decided, and their neighbours; then what is clamped.
      float half = (i / 3 + 0.5f) / 65535f * 2 - 1;
      xyz[i] = i % 3 == 0 ? half : i % 3 == 1 ? Math.nextUp(half) : Math.nextDown(half);
      rgb[i] = (i % 1000 + 0.5f) / 255 + (i % 3 - 1) * 1e-8f;
    }
    xyz[0] = Float.NaN;
    xyz[1] = Float.NEGATIVE_INFINITY;
    byte[] packed = PointLayout.QUANTISED.pack(new PointCloud(xyz, rgb));
    for (int i = 0; i < xyz.length; i++) {
      int step = Math.round((Math.min(1, Math.max(-1, xyz[i])) + 1) * 0.5f * 65535f);
      assertThat((packed[2 * i] & 255) + 256 * (packed[2 * i + 1] & 255)).isEqualTo(step);
      assertThat(packed[2 * xyz.length + i] & 255)
          .isEqualTo(Math.round(Math.min(1, Math.max(0, rgb[i])) * 255));
    }
  }

  @Test
  void floatPointsAreExact() {
    PointCloud cloud = new PointCloud(new float[] {0.1f, -3, 7e-9f}, new float[] {0, 0.3f, 1});
    PointCloud back = PointLayout.FLOAT32.unpack(PointLayout.FLOAT32.pack(cloud));
    assertThat(back.xyz()).isEqualTo(cloud.xyz());
    assertThat(back.rgb()).isEqualTo(cloud.rgb());
    assertThatThrownBy(() -> PointLayout.FLOAT32.unpack(new byte[23]))
        .hasMessageContaining("no multiple");
  }

  @Test
  void vectorsKeepTheirOrder() {
    List<float[]> vectors = List.of(new float[] {0.5f, -0.25f}, new float[] {1, 0});
    for (Precision precision : Precision.values()) {
      List<float[]> back = precision.unpack(precision.pack(vectors, 2), 2);
      assertThat(back).hasSize(2);
      assertThat(back.get(0)).containsExactly(0.5f, -0.25f);
      assertThat(back.get(1)).containsExactly(1, 0);
    }
    assertThatThrownBy(() -> Precision.FLOAT16.pack(vectors, 3)).hasMessageContaining("3");
  }
}
