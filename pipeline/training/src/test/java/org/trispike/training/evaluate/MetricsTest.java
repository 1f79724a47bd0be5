package org.trispike.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MetricsTest {
  private static final int CLASSES = 7;

  private static int[][] answers(int count) {
    SplittableRandom random = new SplittableRandom(5);
    return IntStream.range(0, count)
        .mapToObj(i -> new int[] {random.nextInt(CLASSES - 1), random.nextInt(CLASSES + 1)})
        .toArray(int[][]::new);
  }

  @Test
  void anAccuracyByHand() {
    Accuracy accuracy = new Accuracy(3);
    accuracy.add(0, 1);
    accuracy.add(0, 1);
    accuracy.add(0, 4);
    accuracy.add(1, 2);
    accuracy.add(1, 0);
    Accuracy.Value value = accuracy.value();
    assertThat(value.shapes()).isEqualTo(5);
    assertThat(value.top1()).isEqualTo(0.4);
    assertThat(value.top3()).isEqualTo(0.6);
    assertThat(value.top5()).isEqualTo(0.8);
    assertThat(value.classMean()).isCloseTo((2 / 3.0 + 0) / 2, within(1e-12));
    assertThat(accuracy.shapes(2)).isZero();
  }

  @Test
  void nothingMeasuredIsNoAccuracyAndNotNaN() {
    assertThat(new Accuracy(2).value()).isEqualTo(new Accuracy.Value(0, 0, 0, 0, 0));
    assertThat(new Accuracy(0).value().classMean()).isZero();
    assertThat(new Recall().value()).isEqualTo(new Recall.Value(0, 0, 0, 0));
  }

  @Test
  void partsOfAnAccuracyAddUpToTheWhole() {
    int[][] answers = answers(200);
    Accuracy whole = new Accuracy(CLASSES);
    Accuracy left = new Accuracy(CLASSES);
    Accuracy right = new Accuracy(CLASSES);
    for (int i = 0; i < answers.length; i++) {
      whole.add(answers[i][0], answers[i][1]);
      (i % 3 == 0 ? left : right).add(answers[i][0], answers[i][1]);
    }
    left.merge(right);
    assertThat(left.value()).isEqualTo(whole.value());
    long naive = Arrays.stream(answers).filter(a -> a[1] >= 1 && a[1] <= 3).count();
    assertThat(whole.value().top3()).isEqualTo(naive / 200.0);
  }

  @Test
  void aConfusionHasThePairsThatOccurAndNoOthers() {
    Confusion confusion = new Confusion();
    Confusion other = new Confusion();
    confusion.add(4, 4);
    confusion.add(4, 1);
    other.add(4, 1);
    other.add(6, 4);
    confusion.merge(other);
    Confusion.Value value = confusion.value();
    assertThat(value.classes()).containsExactly(1, 4, 6);
    assertThat(value.counts()).isDeepEqualTo(new long[][] {{0, 0, 0}, {2, 1, 0}, {0, 1, 0}});
  }

  @Test
  void aRecallIsThatOfSortingAllCandidates() {
    SplittableRandom random = new SplittableRandom(9);
    float[][] candidates = vectors(random, 40);
    Recall recall = new Recall();
    int[] hits = new int[3];
    for (int s = 0; s < 60; s++) {
      float[] shape = vectors(random, 1)[0];
      int[] own = random.ints(random.nextInt(1, 4), 0, 40).distinct().toArray();
      recall.add(shape, candidates, own);
      List<Integer> sorted = new ArrayList<>(IntStream.range(0, 40).boxed().toList());
      sorted.sort(Comparator.comparingDouble(c -> -dot(shape, candidates[c])));
      // Own candidates do not stand in each other's way: the first of them is what counts.
      int first = Arrays.stream(own).map(sorted::indexOf).min().orElseThrow();
      hits[0] += first < 1 ? 1 : 0;
      hits[1] += first < 5 ? 1 : 0;
      hits[2] += first < 10 ? 1 : 0;
    }
    assertThat(recall.value())
        .isEqualTo(new Recall.Value(60, hits[0] / 60.0, hits[1] / 60.0, hits[2] / 60.0));
    assertThat(hits[2]).isBetween(5, 59);
  }

  @Test
  void candidatesOfTheSameScoreCountAgainstAShape() {
    float[][] candidates = {{1, 0}, {1, 0}, {0, 1}};
    assertThat(Recall.rank(new float[] {1, 0}, candidates, new int[] {1})).isEqualTo(2);
    assertThat(Recall.rank(new float[] {1, 0}, candidates, new int[] {0, 1})).isEqualTo(1);
    assertThat(Recall.rank(new float[] {1, 0}, candidates, new int[] {2})).isEqualTo(3);
  }

  @Test
  void aShapeWithoutAnythingOfItsOwnIsNotCounted() {
    Recall recall = new Recall();
    recall.add(new float[] {1}, new float[][] {{1}}, new int[0]);
    assertThat(recall.value().shapes()).isZero();
  }

  @Test
  void examplesAreHalfRightAndHalfWrongWhateverTheOrder() {
    Examples forward = new Examples(4);
    Examples backward = new Examples(4);
    Examples part = new Examples(4);
    for (int i = 0; i < 20; i++) {
      add(forward, i);
      add(i % 2 == 0 ? backward : part, 19 - i);
    }
    backward.merge(part);
    List<String> ids = forward.value().stream().map(Examples.Example::id).toList();
    assertThat(ids).containsExactly("wrong 1", "right 2", "wrong 3", "right 4");
    assertThat(backward.value().stream().map(Examples.Example::id).toList()).isEqualTo(ids);
  }

  @Test
  void whereFewAreWrongMoreRightOnesAreShown() {
    Examples examples = new Examples(5);
    IntStream.of(2, 4, 6, 8, 10, 3).forEach(i -> add(examples, i));
    assertThat(examples.value()).hasSize(5);
    assertThat(examples.value().stream().filter(e -> e.id().startsWith("right"))).hasSize(4);
    assertThat(new Examples(0).wants(Examples.Kind.RIGHT, Long.MIN_VALUE)).isFalse();
  }

  /**
   * Even numbers are right, odd ones wrong, multiples of five without a class; the key is the
   * number.
   */
  private static void add(Examples examples, int i) {
    Examples.Kind kind =
        i % 5 == 0
            ? Examples.Kind.UNLABELLED
            : i % 2 == 0 ? Examples.Kind.RIGHT : Examples.Kind.WRONG;
    if (examples.wants(kind, i)) {
      String word = kind.name().toLowerCase(java.util.Locale.ROOT);
      examples.add(kind, new Examples.Example(i, word + " " + i, "", "", List.of(), new byte[0]));
    }
  }

  private static float[][] vectors(SplittableRandom random, int count) {
    float[][] vectors = new float[count][6];
    for (float[] vector : vectors) {
      for (int i = 0; i < vector.length; i++) {
        vector[i] = (float) random.nextDouble(-1, 1);
      }
    }
    return vectors;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
