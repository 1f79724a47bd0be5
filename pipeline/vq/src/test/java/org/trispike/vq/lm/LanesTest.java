package org.trispike.vq.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trispike.kernels.cpu.VectorSupport;
import org.trispike.vq.Matrices;

/** Vectors against their scalar twin, at sizes with and without tails. */
class LanesTest {
  private final ScalarLanes scalar = new ScalarLanes();

  @BeforeEach
  void vectorsAreWideEnough() {
    assumeTrue(VectorSupport.present(), "Vectors here are shorter than 8 floats");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 16, 31, 64, 100})
  void productsAreTheScalarOnes(int size) {
    float[] a = Matrices.gaussian(1, 1, size + 3).data();
    float[] b = Matrices.gaussian(2, 1, size + 3).data();
    float expected = scalar.dot(a, 3, b, 1, size);
    assertThat(new VectorLanes().dot(a, 3, b, 1, size)).isCloseTo(expected, within(1e-4f));

    float[] sums = b.clone();
    scalar.axpy(0.7f, a, 2, sums, 1, size);
    new VectorLanes().axpy(0.7f, a, 2, b, 1, size);
    assertThat(b).containsExactly(sums, within(1e-6f));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 20, 64})
  void mixturesAreTheScalarOnes(int width) {
    for (int count : new int[] {0, 1, 4, 7, 9}) {
      float[] rows = Matrices.gaussian(3, count + 1, width).data();
      float[] shares = Matrices.gaussian(4, 1, count + 2).data();
      float[] expected = Matrices.gaussian(5, 1, width + 2).data();
      float[] actual = expected.clone();
      scalar.mix(rows, count, width, shares, 2, expected, 1);
      new VectorLanes().mix(rows, count, width, shares, 2, actual, 1);
      assertThat(actual).containsExactly(expected, within(1e-5f));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 61})
  void exponentialsAreTheScalarOnes(int count) {
    float[] expected = Matrices.gaussian(6, 1, count + 2).data();
    for (int i = 0; i < count; i++) {
      expected[i] = 40 * expected[i] + 1000;
    }
    float[] actual = expected.clone();
    float sum = scalar.exponentials(expected, count);
    assertThat(new VectorLanes().exponentials(actual, count)).isCloseTo(sum, within(1e-5f * sum));
    assertThat(actual).containsExactly(expected, within(1e-6f));
    assertThat(sum).isBetween(1f, (float) count);
  }
}
