package org.trispike.datasets.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trispike.kernels.KeyedRandom;

final class TeacherPartsTest {
  private static ImageTower tower() {
    return new ImageTower(
        List.of(layer(1, 27, 4), layer(2, 36, 4), layer(3, 36, 8), layer(4, 72, 8)),
        layer(5, 8, 6));
  }

  private static ImageTower.Layer layer(long key, int rows, int outputs) {
    KeyedRandom random = KeyedRandom.of(key);
    float[] weights = new float[rows * outputs];
    float[] bias = new float[outputs];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (random.nextGaussian() / Math.sqrt(rows));
    }
    for (int i = 0; i < outputs; i++) {
      bias[i] = random.nextFloat();
    }
    return new ImageTower.Layer(rows, outputs, weights, bias);
  }

  @Test
  void aTowerSurvivesItsFileAndATruncatedOneIsRefused() {
    byte[] bytes = TowerFile.write(tower());
    ImageTower back = TowerFile.read(bytes);
    float[] picture = new float[3 * ImageTower.SIDE * ImageTower.SIDE];
    KeyedRandom random = KeyedRandom.of(9);
    for (int i = 0; i < picture.length; i++) {
      picture[i] = random.uniform(-2, 2);
    }
    assertThat(back.embed(picture)).isEqualTo(tower().embed(picture));
    assertThat(TowerFile.write(back)).isEqualTo(bytes);
    for (int length : new int[] {0, 3, 7, bytes.length - 1}) {
      assertThatThrownBy(() -> TowerFile.read(Arrays.copyOf(bytes, length)))
          .isInstanceOf(RuntimeException.class);
    }
  }

  @Test
  void aVectorHasLengthOne() {
    float[] vector = tower().embed(new float[3 * ImageTower.SIDE * ImageTower.SIDE]);
    assertThat(Vectors.dot(vector, vector)).isCloseTo(1, within(1e-6));
  }

  @Test
  void retrievalCountsThePlaceOfTheOwnText() {
    List<float[]> texts = List.of(new float[] {1, 0}, new float[] {0.6f, 0.8f}, new float[] {0, 1});
    List<float[]> pictures = List.of(new float[] {1, 0}, new float[] {0, 1});
    // The first picture's own text is the nearest; the second's is the farthest of three.
    Retrieval found = Retrieval.measure(pictures, new int[] {0, 0}, texts);
    assertThat(found).isEqualTo(new Retrieval(2, 3, 1, 2, 2));
    // Ties count against.
    Retrieval tied = Retrieval.measure(List.of(new float[2]), new int[] {1}, texts);
    assertThat(tied.hitsAt1()).isZero();
  }

  @Test
  void similarWordsAreNearAsThePublishedModelHasThem() {
    TextEncoder encoder = TextEncoder.shared();
    float[] chair = encoder.embed("chair");
    // Of the model run by another runtime.
    assertThat(Vectors.dot(chair, encoder.embed("armchair"))).isCloseTo(0.729, within(1e-3));
    assertThat(Vectors.dot(chair, encoder.embed("sword"))).isCloseTo(0.381, within(1e-3));
    assertThat(encoder.embed("chair")).isEqualTo(chair);
  }
}
