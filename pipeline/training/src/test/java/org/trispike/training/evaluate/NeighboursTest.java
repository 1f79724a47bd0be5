package org.trispike.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.geometry.Clouds;
import org.trispike.datasets.geometry.PointCloud;
import org.trispike.kernels.KeyedRandom;
import org.trispike.kernels.io.MalformedFileException;

final class NeighboursTest {
  @TempDir private Path folder;

  /** A box of these proportions and this colour, turned by a random angle. */
  private static PointCloud box(long seed, double x, double y, double z, float red) {
    KeyedRandom random = KeyedRandom.of(seed);
    double angle = random.uniform(0, 6.28);
    float[] xyz = new float[3 * 2000];
    float[] rgb = new float[3 * 2000];
    for (int i = 0; i < xyz.length; i += 3) {
      double a = random.uniform(-x, x);
      double b = random.uniform(-y, y);
      xyz[i] = (float) (a * Math.cos(angle) - b * Math.sin(angle));
      xyz[i + 1] = (float) (a * Math.sin(angle) + b * Math.cos(angle));
      xyz[i + 2] = random.uniform(-z, z);
      rgb[i] = red;
      rgb[i + 1] = 0.5f;
    }
    return Clouds.unitSphere(new PointCloud(xyz, rgb));
  }

  private static Neighbours references() {
    List<float[]> descriptors = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      descriptors.add(ShapeDescriptor.of(box(i, 1, 1, 0.1, 0.9f)));
      names.add("plate");
      descriptors.add(ShapeDescriptor.of(box(10 + i, 0.2, 0.2, 1, 0.9f)));
      names.add("pole");
      descriptors.add(ShapeDescriptor.of(box(20 + i, 0.2, 0.2, 1, 0.1f)));
      names.add("dark pole");
    }
    return Neighbours.of(descriptors, names);
  }

  @Test
  void ranksByProportionsAndColours() {
    assertThat(references().rank(box(99, 1, 1, 0.12, 0.85f)).get(0)).isEqualTo("plate");
    assertThat(references().rank(box(98, 0.22, 0.2, 1, 0.9f)))
        .containsExactly("pole", "dark pole", "plate");
    assertThat(references().rank(box(97, 0.2, 0.22, 1, 0.12f)).get(0)).isEqualTo("dark pole");
  }

  @Test
  void theSpreadOfABoxIsThatOfItsEdges() {
    // A uniform value in ±a has standard deviation a / √3; the unit sphere divides by the radius.
    float[] descriptor = ShapeDescriptor.of(box(3, 1, 0.5, 0.25, 0.5f));
    assertThat((double) descriptor[1] / descriptor[2]).isCloseTo(2, within(0.1));
    assertThat((double) descriptor[2] / descriptor[0]).isCloseTo(2, within(0.1));
    double heights = 0;
    for (int i = 3; i < 13; i++) {
      heights += descriptor[i] * descriptor[i];
    }
    assertThat(heights).isCloseTo(1, within(1e-5));
  }

  @Test
  void comesBackFromItsFileAsItWas() throws IOException {
    references().write(folder);
    Neighbours read = Neighbours.read(folder).orElseThrow();
    assertThat(read.size()).isEqualTo(15);
    PointCloud cloud = box(50, 0.3, 0.3, 1, 0.6f);
    assertThat(read.rank(cloud)).isEqualTo(references().rank(cloud));
  }

  @Test
  void aFolderWithoutTheFileHasNone() throws IOException {
    assertThat(Neighbours.read(folder)).isEmpty();
  }

  @Test
  void aDamagedFileIsNamed() throws IOException {
    Files.write(folder.resolve(Neighbours.FILE), new byte[20]);
    assertThatThrownBy(() -> Neighbours.read(folder))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining(Neighbours.FILE);
  }
}
