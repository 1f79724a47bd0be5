package org.trispike.datasets.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ViewRendererTest {
  private static final int WHITE = 0xFFFFFF;

  private static MeshPart square(float x, float half, Look look) {
    float[] xyz = {x, -half, -half, x, half, -half, x, half, half, x, -half, half};
    return new MeshPart(xyz, new int[] {0, 1, 2, 0, 2, 3}, look);
  }

  private static int at(BufferedImage image, int x, int y) {
    return image.getRGB(x, y) & WHITE;
  }

  @Test
  void drawsOnWhiteWithinTheBorders() {
    Mesh mesh = new Mesh(List.of(square(0, 1, Look.plain(1, 0, 0))));
    for (BufferedImage view : ViewRenderer.render(mesh, 4, 64)) {
      int drawn = 0;
      for (int i = 0; i < 64; i++) {
        assertThat(at(view, i, 0)).isEqualTo(WHITE);
        assertThat(at(view, i, 63)).isEqualTo(WHITE);
        assertThat(at(view, 0, i)).isEqualTo(WHITE);
        assertThat(at(view, 63, i)).isEqualTo(WHITE);
        for (int j = 0; j < 64; j++) {
          drawn += at(view, i, j) == WHITE ? 0 : 1;
        }
      }
      assertThat(drawn).isBetween(200, 64 * 64 / 2);
      int middle = at(view, 32, 32);
      assertThat(middle >> 16).isGreaterThan(90);
      assertThat(middle & 0xFFFF).isZero();
    }
  }

  @Test
  void whatIsNearHidesWhatIsFar() {
    // The first camera looks from 30° about the vertical axis, so from +x; the third from −x.
    Mesh mesh =
        new Mesh(
            List.of(square(0.4f, 1, Look.plain(1, 0, 0)), square(-0.4f, 1, Look.plain(0, 0, 1))));
    List<BufferedImage> views = ViewRenderer.render(mesh, 4, 64);
    int front = at(views.get(0), 32, 32);
    int back = at(views.get(2), 32, 32);
    assertThat(front >> 16).isGreaterThan(front & 255);
    assertThat(back & 255).isGreaterThan(back >> 16);
    Mesh otherOrder = new Mesh(List.of(mesh.parts().get(1), mesh.parts().get(0)));
    assertThat(at(ViewRenderer.render(otherOrder, 4, 64).get(0), 32, 32)).isEqualTo(front);
  }

  @Test
  void theSameShapeGivesTheSamePixelsAndViewsDiffer() {
    float[] xyz = {0, 0, 0, 1, 0, 0, 0, 0.5f, 0, 0, 0, 2};
    int[] faces = {0, 2, 1, 0, 1, 3, 1, 2, 3, 0, 3, 2};
    Mesh mesh = new Mesh(List.of(new MeshPart(xyz, faces, Look.grey())));
    Set<Integer> different = new HashSet<>();
    List<BufferedImage> first = ViewRenderer.render(mesh, 12, 48);
    List<BufferedImage> second = ViewRenderer.render(mesh, 12, 48);
    for (int i = 0; i < 12; i++) {
      int[] pixels = first.get(i).getRGB(0, 0, 48, 48, null, 0, 48);
      assertThat(second.get(i).getRGB(0, 0, 48, 48, null, 0, 48)).isEqualTo(pixels);
      different.add(java.util.Arrays.hashCode(pixels));
    }
    assertThat(different).hasSize(12);
  }

  @Test
  void pointsAreDrawnInTheirColours() {
    PointCloud cloud =
        new PointCloud(
            new float[] {-1, 0, 0, 1, 0, 0, 0, 0, 0}, new float[] {0, 1, 0, 0, 1, 0, 0, 1, 0});
    BufferedImage view = ViewRenderer.render(cloud, 1, 96).get(0);
    int middle = at(view, 48, 48);
    assertThat(middle >> 8 & 255).isGreaterThan(middle >> 16);
    assertThat(middle).isNotEqualTo(WHITE);
  }
}
