package org.trispike.vq.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplerTest {
  private static final float[] LOGITS = {1, 3, 2, 3};

  @Test
  void greedyTakesTheFirstOfTheLargest() {
    assertThat(Sampler.greedy().choose(LOGITS)).isEqualTo(1);
  }

  /** Logits 0 and ln 9 at temperature 2 are odds of 1 to 3. */
  @Test
  void sharesFollowTheTemperature() {
    float[] logits = {0, (float) Math.log(9)};
    Sampler sampler = Sampler.temperature(2, 5);
    int draws = 20_000;
    long second = IntStream.range(0, draws).filter(i -> sampler.choose(logits) == 1).count();
    // Four standard deviations of a binomial of 20,000 draws.
    assertThat((double) second / draws).isCloseTo(0.75, within(0.0123));
  }

  @Test
  void aSeedGivesTheSameDraws() {
    assertThat(draws(7)).containsExactly(draws(7)).isNotEqualTo(draws(8));
  }

  private static int[] draws(long seed) {
    Sampler sampler = Sampler.temperature(1, seed);
    return IntStream.range(0, 50).map(i -> sampler.choose(LOGITS)).toArray();
  }

  @Test
  void temperatureIsPositive() {
    assertThatThrownBy(() -> Sampler.temperature(0, 1))
        .hasMessage("Temperature 0.0 is not positive");
  }
}
