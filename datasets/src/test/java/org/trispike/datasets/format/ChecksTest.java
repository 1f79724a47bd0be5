package org.trispike.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.geometry.Look;
import org.trispike.datasets.geometry.MeshPart;

final class ChecksTest {
  private static final Source SOURCE =
      new Source(
          new MemoryFiles(),
          "a.ply",
          GivenLimits.of("vertices = 6, faces = 2"),
          new TextureCache());

  private static MeshPart part(float[] xyz, int... triangles) {
    return new MeshPart(xyz, triangles, Look.grey());
  }

  private static void fault(String expected, MeshPart... parts) {
    assertThatThrownBy(() -> Checks.mesh(SOURCE, List.of(parts))).hasToString("a.ply: " + expected);
  }

  @Test
  void namesWhatAMeshMustNotHold() {
    float[] corner = {0, 0, 0, 1, 0, 0, 0, 1, 0};
    fault("EMPTY: It has no faces", part(corner));
    fault("INDEX_OUT_OF_RANGE: Face index 3 is outside 0..2", part(corner, 0, 1, 3));
    fault("INDEX_OUT_OF_RANGE: Face index 4294967295 is outside 0..2", part(corner, 0, 1, -1));
    fault("ZERO_AREA: All its 1 faces are without area", part(corner, 0, 1, 1));
    fault("COUNT_OVERFLOW: Face count 3 is outside 0..2", part(corner, 0, 1, 2, 0, 1, 2, 0, 1, 2));
    MeshPart one = part(corner, 0, 1, 2);
    fault("COUNT_OVERFLOW: Vertex count 9 is outside 0..6", one, one, one);
    for (float wrong : new float[] {Float.NaN, Float.NEGATIVE_INFINITY, 1.1e30f}) {
      float[] xyz = corner.clone();
      xyz[4] = wrong;
      fault("NOT_FINITE: Vertex 1 has the coordinate " + wrong, part(xyz, 0, 1, 2));
    }
  }

  @Test
  void leavesOutPartsWithoutFaces() throws CorruptInputException {
    float[] corner = {0, 0, 0, 1, 0, 0, 0, 1, 0};
    MeshPart used = part(corner, 0, 1, 2);
    assertThat(Checks.mesh(SOURCE, List.of(part(corner), used)).parts()).containsExactly(used);
  }

  @Test
  void bringsColorsIntoRange() throws CorruptInputException {
    float[] xyz = {0, 0, 0, 1, 1, 1};
    float[] rgb = {-1, 2, Float.NaN, 0.5f, Float.POSITIVE_INFINITY, 0};
    assertThat(Checks.cloud(SOURCE, xyz, rgb).rgb()).containsExactly(0, 1, 0.8f, 0.5f, 1, 0);
    assertThat(Checks.cloud(SOURCE, xyz, null).rgb()).containsOnly(0.8f);
    assertThatThrownBy(() -> Checks.cloud(SOURCE, new float[0], null))
        .hasToString("a.ply: EMPTY: It has no faces and no points");
    assertThatThrownBy(() -> Checks.cloud(SOURCE, new float[21], null))
        .hasToString("a.ply: COUNT_OVERFLOW: Vertex count 7 is outside 0..6");
  }
}
