package org.trispike.training.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trispike.kernels.KeyedRandom;

final class AlignmentLossTest {
  private static final int SAMPLES = 5;
  private static final int WIDTH = 4;
  private static final double LOG_SCALE = Math.log(3);

  /** Each part alone, and all of them with each treatment of same captions. */
  static Stream<AlignmentSpec> specs() {
    return Stream.of(
        spec(1, 0, 0, MseForm.MEAN, SameCaption.NEGATIVE, 0),
        spec(0, 1, 0, MseForm.MEAN, SameCaption.NEGATIVE, 0),
        spec(0, 0, 0.7, MseForm.MEAN, SameCaption.NEGATIVE, 0),
        spec(0, 0, 0.7, MseForm.SUM, SameCaption.NEGATIVE, 0),
        spec(1, 0.5, 0.2, MseForm.SUM, SameCaption.MASK, 0),
        spec(1, 0.5, 0.2, MseForm.MEAN, SameCaption.SHARE, 0),
        spec(0.8, 0.5, 0, MseForm.MEAN, SameCaption.MASK, 0.4),
        spec(0.8, 0.5, 0, MseForm.MEAN, SameCaption.SHARE, 0.4));
  }

  private static AlignmentSpec spec(
      double text, double image, double mse, MseForm form, SameCaption same, double soft) {
    return new AlignmentSpec(text, image, mse, form, same, soft, 5, 3, 100);
  }

  private static double[] gaussian(long key, int size) {
    KeyedRandom random = KeyedRandom.of(key);
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextGaussian();
    }
    return values;
  }

  /** Samples 0 and 3 have the same caption, 2 has no text, 4 no image. */
  private static AlignmentBatch batch() {
    double[] teacher = gaussian(4, SAMPLES * 3);
    System.arraycopy(teacher, 0, teacher, 3 * 3, 3);
    return new AlignmentBatch(
        SAMPLES,
        WIDTH,
        gaussian(1, SAMPLES * WIDTH),
        gaussian(2, SAMPLES * WIDTH),
        gaussian(3, SAMPLES * WIDTH),
        new boolean[] {true, true, false, true, true},
        new boolean[] {true, true, true, true, false},
        teacher);
  }

  private static double sum(AlignmentSpec spec, AlignmentBatch batch, double logScale) {
    return Arrays.stream(AlignmentLoss.of(spec, batch, logScale).perExample()).sum();
  }

  private static double[] differences(double[] values, ToDoubleFunction<double[]> loss) {
    double[] gradient = new double[values.length];
    double step = 1e-6;
    for (int i = 0; i < values.length; i++) {
      double[] up = values.clone();
      double[] down = values.clone();
      up[i] += step;
      down[i] -= step;
      gradient[i] = (loss.applyAsDouble(up) - loss.applyAsDouble(down)) / (2 * step);
    }
    return gradient;
  }

  private static AlignmentBatch with(double[] points, double[] texts, double[] images) {
    AlignmentBatch b = batch();
    return new AlignmentBatch(
        SAMPLES, WIDTH, points, texts, images, b.hasText(), b.hasImage(), b.teacherTexts());
  }

  @ParameterizedTest
  @MethodSource("specs")
  void gradientsAreThoseOfFiniteDifferences(AlignmentSpec spec) {
    AlignmentBatch b = batch();
    AlignmentLoss loss = AlignmentLoss.of(spec, b, LOG_SCALE);
    assertThat(loss.pointGradient())
        .containsExactly(
            differences(b.points(), x -> sum(spec, with(x, b.texts(), b.images()), LOG_SCALE)),
            within(1e-7));
    assertThat(loss.textGradient())
        .containsExactly(
            differences(b.texts(), x -> sum(spec, with(b.points(), x, b.images()), LOG_SCALE)),
            within(1e-7));
    assertThat(loss.imageGradient())
        .containsExactly(
            differences(b.images(), x -> sum(spec, with(b.points(), b.texts(), x), LOG_SCALE)),
            within(1e-7));
    double byScale = differences(new double[] {LOG_SCALE}, x -> sum(spec, b, x[0]))[0];
    assertThat(loss.logScaleGradient()).isCloseTo(byScale, within(1e-7));
  }

  @Test
  void theTextTermIsTheSymmetricCrossEntropyOfTheSamplesWithText() {
    AlignmentBatch b = batch();
    AlignmentSpec spec = spec(1, 0, 0, MseForm.MEAN, SameCaption.NEGATIVE, 0);
    int[] rows = {0, 1, 3, 4};
    double expected = 0;
    for (int i : rows) {
      double own = 3 * cosine(b.points(), i, b.texts(), i);
      double byPoint = 0;
      double byText = 0;
      for (int j : rows) {
        byPoint += Math.exp(3 * cosine(b.points(), i, b.texts(), j));
        byText += Math.exp(3 * cosine(b.points(), j, b.texts(), i));
      }
      expected += 0.5 * (Math.log(byPoint) + Math.log(byText)) - own;
    }
    AlignmentLoss loss = AlignmentLoss.of(spec, b, LOG_SCALE);
    assertThat(loss.textLoss()).isCloseTo(expected / rows.length, within(1e-12));
    assertThat(Arrays.stream(loss.perExample()).average().orElseThrow())
        .isCloseTo(expected / rows.length, within(1e-12));
  }

  private static double cosine(double[] a, int i, double[] b, int j) {
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (int k = 0; k < WIDTH; k++) {
      dot += a[i * WIDTH + k] * b[j * WIDTH + k];
      aa += a[i * WIDTH + k] * a[i * WIDTH + k];
      bb += b[j * WIDTH + k] * b[j * WIDTH + k];
    }
    return dot / Math.sqrt(aa * bb);
  }

  @Test
  void theScaleStopsAtItsBoundAndMayFallFromThere() {
    AlignmentSpec spec = new AlignmentSpec(1, 0, 0, MseForm.MEAN, SameCaption.NEGATIVE, 0, 5, 3, 4);
    AlignmentLoss above = AlignmentLoss.of(spec, batch(), Math.log(9));
    assertThat(above.scale()).isEqualTo(4);
    assertThat(above.logScaleGradient()).isGreaterThanOrEqualTo(0);
    assertThat(sum(spec, batch(), Math.log(9))).isEqualTo(sum(spec, batch(), Math.log(4)));
  }
}
