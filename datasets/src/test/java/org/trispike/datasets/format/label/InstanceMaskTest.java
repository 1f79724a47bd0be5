package org.trispike.datasets.format.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trispike.kernels.KeyedRandom;

final class InstanceMaskTest {
  private static boolean[] random(int width, int height, int key) {
    KeyedRandom random = KeyedRandom.of(key);
    boolean[] pixels = new boolean[width * height];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextInt(3) == 0;
    }
    return pixels;
  }

  /** A line of polygons.txt, which pycocotools made. */
  private record Drawn(int width, int height, Polygons polygons, String packed, int area) {
    static Drawn of(String line) {
      String[] parts = line.split(" \\| ");
      List<double[]> corners = new ArrayList<>();
      for (String polygon : parts[1].split(" ; ")) {
        corners.add(Arrays.stream(polygon.split(" ")).mapToDouble(Double::parseDouble).toArray());
      }
      String[] size = parts[0].split(" ");
      return new Drawn(
          Integer.parseInt(size[0]),
          Integer.parseInt(size[1]),
          new Polygons(corners),
          parts[2],
          Integer.parseInt(parts[3]));
    }
  }

  @Test
  void polygonsCoverThePixelsThatCocoFinds() throws IOException {
    int drawn = 0;
    try (InputStream in = InstanceMaskTest.class.getResourceAsStream("/coco/polygons.txt")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        Drawn expected = Drawn.of(line);
        InstanceMask mask = expected.polygons.mask(expected.width, expected.height);
        assertThat(mask.packed()).as(line).isEqualTo(expected.packed);
        assertThat(mask.area()).isEqualTo(expected.area);
        assertThat(InstanceMask.unpacked(expected.width, expected.height, expected.packed))
            .isEqualTo(mask);
        drawn++;
      }
    }
    assertThat(drawn).isEqualTo(30);
  }

  @Test
  void pixelsRunsAndStringsAreOneMask() {
    for (int key = 0; key < 20; key++) {
      int width = 1 + key;
      int height = 40 - 2 * key;
      boolean[] pixels = random(width, height, key);
      InstanceMask mask = InstanceMask.ofPixels(width, height, pixels);
      assertThat(mask.pixels()).isEqualTo(pixels);
      assertThat(InstanceMask.unpacked(width, height, mask.packed())).isEqualTo(mask);
      int inside = 0;
      for (boolean pixel : pixels) {
        inside += pixel ? 1 : 0;
      }
      assertThat(mask.area()).isEqualTo(inside);
      assertThat(mask.isEmpty()).isEqualTo(inside == 0);
    }
  }

  @Test
  void aUnionIsThatOfItsPixels() {
    for (int key = 0; key < 20; key++) {
      boolean[] left = random(9, 7, key);
      boolean[] right = random(9, 7, key + 100);
      InstanceMask union =
          InstanceMask.ofPixels(9, 7, left).union(InstanceMask.ofPixels(9, 7, right));
      boolean[] both = new boolean[63];
      for (int i = 0; i < both.length; i++) {
        both[i] = left[i] || right[i];
      }
      assertThat(union).isEqualTo(InstanceMask.ofPixels(9, 7, both));
    }
    InstanceMask emptyRuns = new InstanceMask(2, 2, new int[] {0, 0, 1, 1, 0, 2});
    assertThat(emptyRuns.union(emptyRuns)).isEqualTo(new InstanceMask(2, 2, new int[] {1, 3}));
  }

  @Test
  void runsGoDownTheColumns() {
    boolean[] pixels = {false, true, false, false, true, false};
    InstanceMask mask = InstanceMask.ofPixels(3, 2, pixels);
    assertThat(mask.runs()).containsExactly(2, 2, 2);
    assertThat(mask).isEqualTo(new InstanceMask(3, 2, new int[] {2, 2, 2}));
  }

  @Test
  void refusesWhatIsNoMask() {
    assertThatThrownBy(() -> new InstanceMask(2, 2, new int[] {1, 2}))
        .hasMessage("Its runs are 3 pixels, and not 2 by 2");
    assertThatThrownBy(() -> new InstanceMask(2, 2, new int[] {5, -1}))
        .hasMessage("A run of a mask is -1 pixels long");
    assertThatThrownBy(() -> new InstanceMask(1 << 16, 1 << 15, new int[] {0}))
        .hasMessage("A mask is 65536 by 32768 pixels");
    for (String text : List.of("P", "/", "q", "ooooooooo0", "O")) {
      assertThatThrownBy(() -> InstanceMask.unpacked(2, 2, text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new Polygons(List.of(new double[4])))
        .hasMessage("A polygon has 4 coordinates");
    assertThatThrownBy(() -> new Polygons(List.of(new double[] {0, 0, 2e6, 1, 1, 1})))
        .hasMessage("A polygon has the coordinate 2000000.0");
    double[] zigzag = new double[20];
    for (int i = 0; i < 20; i += 4) {
      zigzag[i] = 1e6;
    }
    assertThatThrownBy(() -> new Polygons(List.of(zigzag)))
        .hasMessage("The border of a polygon is 1.0E7 pixels long");
    InstanceMask mask = new InstanceMask(2, 2, new int[] {4});
    assertThatThrownBy(() -> mask.mask(2, 3)).hasMessage("A mask of 2x2 for 2x3");
  }
}
