package org.trispike.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class PointPatchesTest {

  @Test
  void aLineIsCutWhereItsEndsAndMiddleAre() {
    // Points 0..6 of a line, beside a cloud of its own: the centres are 0, 6 and 3.
    float[] xyz = new float[3 * 8];
    float[] rgb = new float[3 * 8];
    xyz[1] = 9;
    for (int i = 1; i < 8; i++) {
      xyz[3 * i] = i - 1;
      rgb[3 * i] = (i - 1) / 10f;
    }
    PointBatch batch = new PointBatch(new int[] {0, 1, 8}, xyz, rgb);
    PointPatches patches = PointPatches.cut(batch, 3, 2);
    assertThat(patches.sampleOffsets()).containsExactly(0, 1, 4);
    assertThat(patches.patchOffsets()).containsExactly(0, 1, 3, 5, 7);
    assertThat(patches.centres()).containsExactly(0, 9, 0, 0, 0, 0, 6, 0, 0, 3, 0, 0);
    float[][] members = {
      {0, 0, 0, 0, 0, 0},
      {0, 0, 0, 0, 0, 0},
      {1, 0, 0, 0.1f, 0, 0},
      {0, 0, 0, 0.6f, 0, 0},
      {-1, 0, 0, 0.5f, 0, 0},
      {0, 0, 0, 0.3f, 0, 0},
      {-1, 0, 0, 0.2f, 0, 0},
    };
    for (int m = 0; m < members.length; m++) {
      assertThat(Arrays.copyOfRange(patches.members(), 6 * m, 6 * m + 6)).isEqualTo(members[m]);
    }
  }

  @Test
  void patchesOfASampleAreThoseItHasAlone() {
    PointBatch batch = Clouds.surface(3, 90, 0.5f, 4);
    PointPatches all = PointPatches.cut(batch, 20, 6);
    assertThat(all.patches()).isEqualTo(60);
    assertThat(all.rows()).isEqualTo(360);
    for (int s = 0; s < 3; s++) {
      int from = batch.offsets()[s];
      int to = batch.offsets()[s + 1];
      PointBatch alone =
          new PointBatch(
              new int[] {0, to - from},
              Arrays.copyOfRange(batch.xyz(), 3 * from, 3 * to),
              Arrays.copyOfRange(batch.rgb(), 3 * from, 3 * to));
      assertThat(PointPatches.cut(alone, 20, 6).members())
          .isEqualTo(Arrays.copyOfRange(all.members(), s * 720, (s + 1) * 720));
    }
  }
}
