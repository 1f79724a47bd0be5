package org.trispike.training.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.UserError;

final class MlflowListenerTest {
  private final Log log = new Log();
  private final MovedClock clock = new MovedClock();
  private MlflowServer server;

  @BeforeEach
  void serve() throws IOException {
    server = new MlflowServer();
  }

  @AfterEach
  void end() {
    server.close();
  }

  private static MlflowConfig config(String uri, String run) {
    String settings = "mlflow.tracking-uri = \"" + uri + "\", run.dir = " + run;
    return MlflowConfig.from(
            ConfigFactory.parseString(settings).withFallback(ConfigFactory.load()).resolve())
        .orElseThrow();
  }

  private MlflowListener listener(String run) {
    return new MlflowListener(config(server.uri(), run), clock, log);
  }

  private static Map<String, Object> metrics(int round) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("round", round);
    metrics.put("loss", 1.0 / round);
    metrics.put("loss_mse", null);
    metrics.put("validation", Map.of("score", 0.5));
    return metrics;
  }

  @Test
  void aTrainingIsARunWithItsSettingsAndAStepARound() {
    MlflowListener listener = listener("a");
    listener.begin("work", 0);
    listener.round(metrics(1));
    listener.round(metrics(2));
    listener.end(RoundListener.Outcome.FINISHED);
    assertThat(server.experiments).containsExactly(Map.entry("trispike", "7"));
    MlflowServer.Run run = server.runs.get(0);
    assertThat(run.experiment).isEqualTo("7");
    assertThat(run.status).isEqualTo("FINISHED");
    assertThat(run.params)
        .containsEntry("pretrain.batch-size", "64")
        .containsEntry("encoder.name", "e3dsnn-t");
    assertThat(run.metrics)
        .containsEntry("loss@2", 0.5)
        .containsEntry("validation/score@1", 0.5)
        .doesNotContainKey("loss_mse@1");
    assertThat(server.calls)
        .containsExactly(
            "GET experiments/get-by-name",
            "POST experiments/create",
            "POST runs/create",
            "POST runs/log-batch",
            "POST runs/log-batch",
            "POST runs/log-batch",
            "POST runs/update");
    assertThat(log.lines).isEmpty();
  }

  @Test
  void aResumedTrainingGoesOnAsTheSameRun() {
    MlflowListener first = listener("a");
    first.begin("work", 0);
    first.round(metrics(1));
    first.end(RoundListener.Outcome.INTERRUPTED);
    assertThat(server.runs.get(0).status).isEqualTo("KILLED");
    MlflowListener second = listener("a");
    second.begin("work", 1);
    assertThat(server.runs.get(0).status).isEqualTo("RUNNING");
    second.round(metrics(2));
    assertThat(server.runs.get(0).metrics).containsKeys("loss@1", "loss@2");
    listener("b").begin("work", 1);
    assertThat(server.runs).hasSize(2);
  }

  @Test
  void aServerThatFailsIsOneWarningAndRoundsWaitForIt() {
    server.breaks(true);
    MlflowListener listener = listener("a");
    listener.begin("work", 0);
    for (int round = 1; round <= 2500; round++) {
      listener.round(metrics(round));
    }
    assertThat(server.calls).hasSize(1);
    clock.now = clock.now.plus(Duration.ofMinutes(2));
    listener.round(metrics(2501));
    assertThat(server.calls).hasSize(2);
    server.breaks(false);
    clock.now = clock.now.plus(Duration.ofHours(1));
    listener.round(metrics(2502));
    // Three numbers a round, and never more than a thousand a call.
    assertThat(server.runs.get(0).metrics).hasSize(3 * 2502);
    assertThat(log.lines)
        .singleElement()
        .asString()
        .contains("does not take the figures", "503", "the training goes on");
  }

  @Test
  void aServerThatIsNotThereIsOneWarning() {
    String gone = server.uri();
    server.close();
    MlflowListener listener = new MlflowListener(config(gone, "a"), clock, log);
    listener.begin("work", 0);
    listener.round(metrics(1));
    listener.end(RoundListener.Outcome.FAILED);
    assertThat(log.lines).hasSize(1);
  }

  @Test
  void anAddressIsOneOfAServerAndHoldsNoSecret() {
    assertThat(MlflowConfig.from(ConfigFactory.load())).isEmpty();
    assertThatThrownBy(() -> config("ftp://host", "a"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("http or https address");
    assertThatThrownBy(() -> config("http://me:secret@host", "a"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("takes no credentials")
        .hasMessageNotContaining("secret@");
  }

  /** A clock that is moved by hand. */
  private static final class MovedClock extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public Instant instant() {
      return now;
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

  /** Keeps what it is told. */
  private static final class Log implements System.Logger {
    private final List<String> lines = new ArrayList<>();

    @Override
    public String getName() {
      return "kept";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
      lines.add(message);
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... values) {
      lines.add(format);
    }
  }
}
