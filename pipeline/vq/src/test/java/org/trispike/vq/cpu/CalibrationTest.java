package org.trispike.vq.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.trispike.vq.Matrices;
import org.trispike.vq.VqTensor;

class CalibrationTest {
  private static final List<Candidate> ALL = List.of(Candidate.values());

  private static Choice choice(double[] nanos, double[] errors) {
    return Calibration.choose(Matrices.drawn(Codes.SCALAR_4, 2, 4, 1), ALL, nanos, errors);
  }

  @Test
  void fastestOfThoseThatAreExactEnoughIsChosen() {
    Choice choice =
        choice(new double[] {50, 30, 60, 20, 10}, new double[] {0, 0.01, 0, 1e-7, 0.04});
    assertThat(choice.chosen()).isEqualTo(Candidate.DEQUANTIZE);
    assertThat(choice.timings().stream().map(Choice.Timing::verdict))
        .containsExactly(
            "slower than the chosen",
            "slower than the chosen",
            "refused, as it is slower than dense",
            "chosen",
            "refused, as its error is above 0.03");
  }

  @Test
  void codesThatAreSlowerThanDenseAreRefused() {
    Choice choice = choice(new double[] {9, 10, 11, 12, 13}, new double[5]);
    assertThat(choice.chosen()).isEqualTo(Candidate.DENSE);
    assertThat(choice.report())
        .isEqualTo(
            """
            vq-1-4-1 VQ<1, 4, 1>, 2 x 4: DENSE
              DENSE             0.0 µs, error 0.0e+00, chosen, as nothing is faster
              INT8              0.0 µs, error 0.0e+00, refused, as it is slower than dense
              LOOKUP            0.0 µs, error 0.0e+00, refused, as it is slower than dense
              DEQUANTIZE        0.0 µs, error 0.0e+00, refused, as it is slower than dense
              FAST_SCAN         0.0 µs, error 0.0e+00, refused, as it is slower than dense
            """);
  }

  /** One calibration a shape, whose record is kept; what it hands out computes. */
  @Test
  void recordIsKeptByShape() {
    MatrixVectors vectors = new MatrixVectors();
    VqTensor tensor = Matrices.drawn(Codes.PAIRS_4, 70, 40, 1);
    MatrixVector first = vectors.of(tensor);
    MatrixVector second = vectors.of(Matrices.drawn(Codes.PAIRS_4, 70, 40, 2));
    assertThat(vectors.choices()).hasSize(1);
    Choice choice = vectors.choices().get(0);
    assertThat(choice.timings()).extracting(Choice.Timing::candidate).isEqualTo(ALL);
    assertThat(choice.timings()).allMatch(timing -> timing.nanos() > 0 && timing.error() < 0.1);
    assertThat(first.description()).startsWith(choice.chosen().toString());
    assertThat(second.description()).isEqualTo(first.description());
    float[] x = Codes.activations(3, 40);
    float[] y = new float[70];
    first.apply(x, y);
    double[] exact = Codes.exact(tensor, x);
    for (int row = 0; row < 70; row++) {
      assertThat(Math.abs(y[row] - exact[row]))
          .isLessThanOrEqualTo(Bounds.of(tensor, choice.chosen(), x, row));
    }
  }
}
