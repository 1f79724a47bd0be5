package org.trispike.training.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.trispike.kernels.KeyedRandom;

final class AugmentationTest {
  private static final int POINTS = 50;

  private static float[] cloud(long key) {
    KeyedRandom random = KeyedRandom.of(key);
    float[] values = new float[3 * POINTS];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.uniform(-1, 1);
    }
    return values;
  }

  private static float[] moved(Augmentation augmentation, float[] xyz, long key) {
    float[] copy = xyz.clone();
    augmentation.apply(copy, new float[xyz.length], KeyedRandom.of(key));
    return copy;
  }

  private static double distance(float[] xyz, int i, int j) {
    double square = 0;
    for (int k = 0; k < 3; k++) {
      double d = xyz[3 * i + k] - xyz[3 * j + k];
      square += d * d;
    }
    return Math.sqrt(square);
  }

  /** The sign of the volume of four points: a mirror turns it, a rotation does not. */
  private static double volume(float[] xyz) {
    double[][] v = new double[3][3];
    for (int i = 0; i < 3; i++) {
      for (int k = 0; k < 3; k++) {
        v[i][k] = xyz[3 * (i + 1) + k] - xyz[k];
      }
    }
    return v[0][0] * (v[1][1] * v[2][2] - v[1][2] * v[2][1])
        - v[0][1] * (v[1][0] * v[2][2] - v[1][2] * v[2][0])
        + v[0][2] * (v[1][0] * v[2][1] - v[1][1] * v[2][0]);
  }

  @Test
  void noneChangesNothing() {
    float[] xyz = cloud(1);
    float[] rgb = {0.1f, 0.5f, 0.9f};
    float[] colours = rgb.clone();
    Augmentation.none().apply(xyz, colours, KeyedRandom.of(2));
    assertThat(xyz).isEqualTo(cloud(1));
    assertThat(colours).isEqualTo(rgb);
    assertThat(Augmentation.none().remaining(77, KeyedRandom.of(2))).isEqualTo(77);
  }

  @Test
  void tiltAndTurnAreRotationsAndNoMirrors() {
    Augmentation turns = new Augmentation(0, 0, 1, 1, 0, 0, 0.3, Math.PI, 0, 0, 0);
    float[] xyz = cloud(3);
    for (long key = 0; key < 20; key++) {
      float[] turned = moved(turns, xyz, key);
      for (int i = 1; i < POINTS; i++) {
        assertThat(distance(turned, 0, i)).isCloseTo(distance(xyz, 0, i), within(1e-5));
      }
      assertThat(volume(turned)).isCloseTo(volume(xyz), within(1e-4));
      assertThat(turned).isNotEqualTo(xyz);
    }
  }

  @Test
  void aTurnIsAboutTheUpAxisAndWithinItsBound() {
    double bound = Math.toRadians(20);
    Augmentation turn = new Augmentation(0, 0, 1, 1, 0, 0, 0, bound, 0, 0, 0);
    float[] xyz = cloud(4);
    double largest = 0;
    for (long key = 0; key < 200; key++) {
      float[] turned = moved(turn, xyz, key);
      for (int i = 0; i < POINTS; i++) {
        assertThat(turned[3 * i + 2]).isCloseTo(xyz[3 * i + 2], within(1e-6f));
      }
      double angle = Math.atan2(turned[1], turned[0]) - Math.atan2(xyz[1], xyz[0]);
      largest = Math.max(largest, Math.abs(Math.atan2(Math.sin(angle), Math.cos(angle))));
    }
    assertThat(largest).isBetween(0.9 * bound, bound + 1e-6);
  }

  @Test
  void aMirrorNegatesX() {
    Augmentation mirror = new Augmentation(0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0);
    float[] xyz = cloud(5);
    float[] mirrored = moved(mirror, xyz, 1);
    for (int i = 0; i < xyz.length; i++) {
      assertThat(mirrored[i]).isEqualTo(i % 3 == 0 ? -xyz[i] : xyz[i]);
    }
  }

  @Test
  void scaleIsOneFactorForAllAxesAndShiftOneMoveForAllPoints() {
    Augmentation scale = new Augmentation(0, 0, 0.8, 1.25, 0, 0.1, 0, 0, 0, 0, 0);
    float[] xyz = cloud(6);
    float[] moved = moved(scale, xyz, 9);
    double factor = distance(moved, 0, 1) / distance(xyz, 0, 1);
    assertThat(factor).isBetween(0.8, 1.25).isNotCloseTo(1, within(1e-3));
    for (int k = 0; k < 3; k++) {
      double shift = moved[k] - factor * xyz[k];
      assertThat(Math.abs(shift)).isLessThan(0.1);
      for (int i = 0; i < POINTS; i++) {
        assertThat(moved[3 * i + k])
            .isCloseTo((float) (factor * xyz[3 * i + k] + shift), within(1e-5f));
      }
    }
  }

  @Test
  void dropoutLeavesAUniformShareOfThePoints() {
    Augmentation dropout = new Augmentation(0.875, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0);
    double sum = 0;
    int least = 1000;
    for (long key = 0; key < 4000; key++) {
      int remaining = dropout.remaining(1000, KeyedRandom.of(key));
      sum += remaining;
      least = Math.min(least, remaining);
    }
    assertThat(sum / 4000).isCloseTo(562.5, within(15.0));
    assertThat(dropout.meanRemaining(1000)).isEqualTo(563);
    assertThat(least).isBetween(125, 130);
  }

  @Test
  void coloursBecomeGreyAsOftenAsAskedFor() {
    Augmentation grey = new Augmentation(0, 0, 1, 1, 0, 0, 0, 0, 0, 0.5, 0);
    int dropped = 0;
    for (long key = 0; key < 1000; key++) {
      float[] rgb = {0.1f, 0.2f, 0.3f};
      grey.apply(new float[3], rgb, KeyedRandom.of(key));
      if (rgb[0] == Augmentation.GREY) {
        assertThat(rgb).containsOnly(Augmentation.GREY);
        dropped++;
      } else {
        assertThat(rgb).containsExactly(0.1f, 0.2f, 0.3f);
      }
    }
    assertThat(dropped).isBetween(440, 560);
  }

  @Test
  void impossibleOnesAreNamed() {
    assertThatThrownBy(() -> new Augmentation(1, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0))
        .hasMessage("Point dropout is in 0..1, without 1, not 1.0");
    assertThatThrownBy(() -> new Augmentation(0, 0, 2, 1, 0, 0, 0, 0, 0, 0, 0))
        .hasMessage("Scales go from 2.0 to 1.0?");
  }
}
