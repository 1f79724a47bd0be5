package org.trispike.jobs.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

final class LineProgressTest {

  @Test
  void speaksEveryTenSecondsWithShareRateAndTimeLeft() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    HandClock clock = new HandClock();
    LineProgress progress =
        new LineProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8), clock);

    progress.start("pretrain: 4 rounds", 4);
    clock.seconds = 3;
    progress.update(1, "loss 2.0");
    clock.seconds = 100;
    progress.update(2, "loss 1.5");
    progress.line("a checkpoint was written");
    clock.seconds = 3725;
    progress.finish("loss 1.0");

    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "pretrain: 4 rounds",
            "   50 %  loss 1.5  1:40, 1:40 left",
            "  a checkpoint was written",
            "  loss 1.0  [1:02:05]");
  }

  @Test
  void countsStepsOfAFormerRunInTheShareButNotInTheRate() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    HandClock clock = new HandClock();
    LineProgress progress =
        new LineProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8), clock);

    progress.start("pretrain", 100, 80);
    clock.seconds = 30;
    progress.update(90, "loss 1.5");

    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("pretrain", "   90 %  loss 1.5  0:30, 0:30 left");
  }

  private static final class HandClock extends Clock {
    private long seconds;

    @Override
    public Instant instant() {
      return Instant.ofEpochSecond(seconds);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
