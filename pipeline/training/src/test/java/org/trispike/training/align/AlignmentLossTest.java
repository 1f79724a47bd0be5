package org.trispike.training.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trispike.kernels.KeyedRandom;

final class AlignmentLossTest {
  private static final int SAMPLES = 5;
  private static final int WIDTH = 4;
  private static final int TEACHER = 3;
  private static final double LOG_SCALE = Math.log(3);

  /** Each part alone, all of them with each treatment of same captions, and of similar ones. */
  static Stream<AlignmentSpec> specs() {
    return Stream.of(
        spec(1, 0, 0, MseForm.MEAN, SameCaption.NEGATIVE, 0),
        spec(0, 1, 0, MseForm.MEAN, SameCaption.NEGATIVE, 0),
        spec(0, 0, 0.7, MseForm.MEAN, SameCaption.NEGATIVE, 0),
        spec(0, 0, 0.7, MseForm.SUM, SameCaption.NEGATIVE, 0),
        spec(1, 0.5, 0.2, MseForm.SUM, SameCaption.MASK, 0),
        spec(1, 0.5, 0.2, MseForm.MEAN, SameCaption.SHARE, 0),
        spec(0.8, 0.5, 0, MseForm.MEAN, SameCaption.MASK, 0.4),
        spec(0.8, 0.5, 0, MseForm.MEAN, SameCaption.SHARE, 0.4),
        similar(SameCaption.MASK, 0.4, false),
        similar(SameCaption.NEGATIVE, 0, true),
        similar(SameCaption.SHARE, 0.4, true));
  }

  /** Those whose teacher says more than 0.3 are no negatives. */
  private static AlignmentSpec similar(SameCaption same, double soft, boolean inBatch) {
    return new AlignmentSpec(
        0.8, 0.5, 0.2, MseForm.MEAN, same, soft, 5, 3, 100, new FalseNegatives(0.3, inBatch));
  }

  private static AlignmentSpec spec(
      double text, double image, double mse, MseForm form, SameCaption same, double soft) {
    return new AlignmentSpec(text, image, mse, form, same, soft, 5, 3, 100, FalseNegatives.none());
  }

  private static double[] gaussian(long key, int size) {
    KeyedRandom random = KeyedRandom.of(key);
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextGaussian();
    }
    return values;
  }

  private static AlignmentBatch batch() {
    return batch(0, 0);
  }

  /**
   * Samples 0 and 3 have the same caption, 2 has no text, 4 no image. The first text of a bank is
   * that of sample 1, its first image that of sample 0.
   */
  private static AlignmentBatch batch(int bankTexts, int bankImages) {
    double[] texts = gaussian(4, (SAMPLES + bankTexts) * TEACHER);
    System.arraycopy(texts, 0, texts, 3 * TEACHER, TEACHER);
    double[] images = gaussian(5, (SAMPLES + bankImages) * TEACHER);
    if (bankTexts > 0) {
      System.arraycopy(texts, TEACHER, texts, SAMPLES * TEACHER, TEACHER);
    }
    if (bankImages > 0) {
      System.arraycopy(images, 0, images, SAMPLES * TEACHER, TEACHER);
    }
    return new AlignmentBatch(
        SAMPLES,
        WIDTH,
        gaussian(1, SAMPLES * WIDTH),
        gaussian(2, (SAMPLES + bankTexts) * WIDTH),
        gaussian(3, (SAMPLES + bankImages) * WIDTH),
        new boolean[] {true, true, false, true, true},
        new boolean[] {true, true, true, true, false},
        texts,
        images);
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

  private static AlignmentBatch with(
      AlignmentBatch b, double[] points, double[] texts, double[] images) {
    return new AlignmentBatch(
        SAMPLES,
        WIDTH,
        points,
        texts,
        images,
        b.hasText(),
        b.hasImage(),
        b.teacherTexts(),
        b.teacherImages());
  }

  @ParameterizedTest
  @MethodSource("specs")
  void gradientsAreThoseOfFiniteDifferences(AlignmentSpec spec) {
    checkGradients(spec, batch());
  }

  @ParameterizedTest
  @MethodSource("specs")
  void gradientsGoThroughTheRowsOfABankToo(AlignmentSpec spec) {
    AlignmentBatch b = batch(4, 3);
    checkGradients(spec, b);
    double[] gradient = AlignmentLoss.of(spec, b, LOG_SCALE).textGradient();
    boolean[] moves = new boolean[4];
    for (int i = 0; i < 4 * WIDTH; i++) {
      moves[i / WIDTH] |= gradient[SAMPLES * WIDTH + i] != 0;
    }
    assertThat(moves).as("texts of the bank").contains(spec.textWeight() > 0);
  }

  private static void checkGradients(AlignmentSpec spec, AlignmentBatch b) {
    AlignmentLoss loss = AlignmentLoss.of(spec, b, LOG_SCALE);
    assertThat(loss.pointGradient())
        .containsExactly(
            differences(b.points(), x -> sum(spec, with(b, x, b.texts(), b.images()), LOG_SCALE)),
            within(1e-7));
    assertThat(loss.textGradient())
        .containsExactly(
            differences(b.texts(), x -> sum(spec, with(b, b.points(), x, b.images()), LOG_SCALE)),
            within(1e-7));
    assertThat(loss.imageGradient())
        .containsExactly(
            differences(b.images(), x -> sum(spec, with(b, b.points(), b.texts(), x), LOG_SCALE)),
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

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aBankAddsNegativesToTheShapesSideAlone(boolean inBatch) {
    AlignmentBatch b = batch(4, 3);
    double bound = 0.3;
    AlignmentSpec spec =
        new AlignmentSpec(
            1,
            1,
            0,
            MseForm.MEAN,
            SameCaption.NEGATIVE,
            0,
            5,
            3,
            100,
            new FalseNegatives(bound, inBatch));
    AlignmentLoss loss = AlignmentLoss.of(spec, b, LOG_SCALE);
    int[] withText = {0, 1, 3, 4};
    int[] withImage = {0, 1, 2, 3};
    assertThat(loss.textLoss())
        .isCloseTo(
            naive(b.points(), b.texts(), b.teacherTexts(), withText, 4, bound, inBatch),
            within(1e-12));
    assertThat(loss.imageLoss())
        .isCloseTo(
            naive(b.points(), b.images(), b.teacherImages(), withImage, 3, bound, inBatch),
            within(1e-12));
  }

  /** The mean over pairs by a double loop, with the bank's rows behind the samples'. */
  private static double naive(
      double[] points,
      double[] others,
      double[] teacher,
      int[] rows,
      int bank,
      double bound,
      boolean inBatch) {
    double sum = 0;
    for (int i : rows) {
      double byPoint = 0;
      double byOther = 0;
      for (int j : rows) {
        boolean counts = i == j || !inBatch || cosine(teacher, i, teacher, j, TEACHER) <= bound;
        byPoint += counts ? Math.exp(3 * cosine(points, i, others, j)) : 0;
        byOther += counts ? Math.exp(3 * cosine(points, j, others, i)) : 0;
      }
      for (int j = SAMPLES; j < SAMPLES + bank; j++) {
        boolean counts = cosine(teacher, i, teacher, j, TEACHER) <= bound;
        byPoint += counts ? Math.exp(3 * cosine(points, i, others, j)) : 0;
      }
      sum += 0.5 * (Math.log(byPoint) + Math.log(byOther)) - 3 * cosine(points, i, others, i);
    }
    return sum / rows.length;
  }

  @Test
  void aBankOfTheBatchsOwnTextAddsNothingToItsSample() {
    AlignmentSpec spec = spec(1, 0, 0, MseForm.MEAN, SameCaption.NEGATIVE, 0);
    double[] alone = AlignmentLoss.of(spec, batch(), LOG_SCALE).perExample();
    // The one row of the bank is the text of sample 1.
    double[] beside = AlignmentLoss.of(spec, batch(1, 0), LOG_SCALE).perExample();
    assertThat(beside[1]).isEqualTo(alone[1]);
    assertThat(beside[0]).isGreaterThan(alone[0]);
  }

  private static double cosine(double[] a, int i, double[] b, int j) {
    return cosine(a, i, b, j, WIDTH);
  }

  private static double cosine(double[] a, int i, double[] b, int j, int width) {
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (int k = 0; k < width; k++) {
      dot += a[i * width + k] * b[j * width + k];
      aa += a[i * width + k] * a[i * width + k];
      bb += b[j * width + k] * b[j * width + k];
    }
    return dot / Math.sqrt(aa * bb);
  }

  @Test
  void theScaleStopsAtItsBoundAndMayFallFromThere() {
    AlignmentSpec spec =
        new AlignmentSpec(
            1, 0, 0, MseForm.MEAN, SameCaption.NEGATIVE, 0, 5, 3, 4, FalseNegatives.none());
    AlignmentLoss above = AlignmentLoss.of(spec, batch(), Math.log(9));
    assertThat(above.scale()).isEqualTo(4);
    assertThat(above.logScaleGradient()).isGreaterThanOrEqualTo(0);
    assertThat(sum(spec, batch(), Math.log(9))).isEqualTo(sum(spec, batch(), Math.log(4)));
  }
}
