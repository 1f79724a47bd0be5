package org.trispike.training.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.trispike.kernels.io.FloatArray;
import org.trispike.spiking.Alignment;

final class ValidatorTest {
  private static final float[] X = {1, 0};
  private static final float[] Y = {0, 1};

  private static Alignment identity() {
    FloatArray one = new FloatArray(new int[] {2, 2}, new float[] {1, 0, 0, 1});
    return new Alignment(one, new float[2], one, new float[2], one, new float[2], 1);
  }

  private static ValidationTask.Row row(float[] vector, float[] caption) {
    return new ValidationTask.Row(vector, caption, caption, caption);
  }

  @Test
  void sharesOfRowsThatFindTheirOwn() {
    List<ValidationTask.Row> rows =
        List.of(row(X, X), row(new float[] {0.6f, 0.8f}, X), row(Y, Y), row(Y, Y));
    Validation validation = Validator.measure(rows, identity());
    assertThat(validation.captionTop1()).isEqualTo(0.75);
    assertThat(validation.captionTop5()).isEqualTo(1);
    assertThat(validation.imageAt1()).isEqualTo(0.75);
  }

  @Test
  void aDeadEncoderFindsNothing() {
    float[] zero = new float[2];
    float[] nan = {Float.NaN, 0};
    for (float[] dead : List.of(zero, nan)) {
      Validation validation = Validator.measure(List.of(row(dead, X), row(dead, Y)), identity());
      assertThat(validation.captionTop1()).isZero();
      assertThat(validation.imageAt1()).isZero();
    }
  }
}
