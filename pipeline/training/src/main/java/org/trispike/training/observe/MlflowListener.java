package org.trispike.training.observe;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.trispike.kernels.io.Sha256;

/**
 * Tells an MLflow server of each round. A run of a folder that is resumed goes on as the same run
 * there. A server that is not there is a warning, once, and never a failure: rounds wait, the last
 * {@link #WAITING} of them, and the server is asked again after a while that doubles each time.
 */
final class MlflowListener implements RoundListener {
  private static final int WAITING = 5_000;
  private static final int METRICS_A_CALL = 1_000;
  private static final int PARAMETERS_A_CALL = 100;
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private final MlflowConfig config;
  private final MlflowApi api;
  private final Clock clock;
  private final System.Logger log;
  private final Deque<List<Map<String, Object>>> waiting = new ArrayDeque<>();
  private final Deque<Map<String, Object>> parameters = new ArrayDeque<>();
  private Optional<String> run = Optional.empty();
  private String key = "";
  private boolean resumed;
  private boolean warned;
  private Duration pause = FIRST_PAUSE;
  private Instant next = Instant.MIN;

  MlflowListener(MlflowConfig config, Clock clock, System.Logger log) {
    this.config = config;
    this.api = new MlflowApi(config.trackingUri(), System.getenv());
    this.clock = clock;
    this.log = log;
  }

  @Override
  public void begin(String fingerprint, int done) {
    key = Sha256.of(config.run() + "\n" + fingerprint);
    resumed = done > 0;
    attempt(this::send);
  }

  @Override
  public void round(Map<String, Object> metrics) {
    List<Map<String, Object>> flat = new ArrayList<>();
    flatten("", metrics, metrics.get("round"), flat);
    waiting.add(flat);
    if (waiting.size() > WAITING) {
      waiting.remove();
    }
    attempt(this::send);
  }

  @Override
  public void end(Outcome outcome) {
    next = Instant.MIN;
    attempt(
        () -> {
          send();
          api.update(
              run.orElseThrow(), Map.of("status", status(outcome), "end_time", clock.millis()));
        });
  }

  private static String status(Outcome outcome) {
    return switch (outcome) {
      case FINISHED -> "FINISHED";
      case INTERRUPTED -> "KILLED";
      case FAILED -> "FAILED";
    };
  }

  private interface Call {
    void run() throws IOException;
  }

  private void attempt(Call call) {
    if (clock.instant().isBefore(next)) {
      return;
    }
    try {
      call.run();
      pause = FIRST_PAUSE;
    } catch (IOException e) {
      next = clock.instant().plus(pause);
      Duration twice = pause.multipliedBy(2);
      pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
      if (!warned) {
        warned = true;
        log.log(
            System.Logger.Level.WARNING,
            "MLflow at "
                + config.trackingUri()
                + " does not take the figures ("
                + e
                + "); the training goes on, and tries it again from time to time");
      }
    }
  }

  /** Finds or makes the run. */
  private void open() throws IOException {
    String experiment = api.experiment(config.experiment());
    Optional<String> former = resumed ? api.find(experiment, key) : Optional.empty();
    if (former.isPresent()) {
      api.update(former.get(), Map.of("status", "RUNNING"));
      run = former;
      return;
    }
    run = Optional.of(api.create(experiment, config.run(), key, clock.millis()));
    new TreeMap<>(config.parameters())
        .forEach((name, value) -> parameters.add(Map.of("key", name, "value", value)));
  }

  private void send() throws IOException {
    if (run.isEmpty()) {
      open();
    }
    while (!parameters.isEmpty()) {
      List<Map<String, Object>> call = parameters.stream().limit(PARAMETERS_A_CALL).toList();
      api.log(run.orElseThrow(), "params", call);
      parameters.removeAll(call);
    }
    while (!waiting.isEmpty()) {
      List<Map<String, Object>> call = new ArrayList<>();
      int rounds = 0;
      for (List<Map<String, Object>> round : waiting) {
        if (rounds > 0 && call.size() + round.size() > METRICS_A_CALL) {
          break;
        }
        call.addAll(round);
        rounds++;
      }
      api.log(run.orElseThrow(), "metrics", call);
      for (int i = 0; i < rounds; i++) {
        waiting.remove();
      }
    }
  }

  /**
   * Numbers of a line of metrics; what lies in a group gets its name and a slash before its own.
   */
  private void flatten(
      String prefix, Map<?, ?> metrics, Object step, List<Map<String, Object>> into) {
    metrics.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?> group) {
            flatten(prefix + name + "/", group, step, into);
          } else if (value instanceof Number number) {
            into.add(
                Map.of(
                    "key",
                    prefix + name,
                    "value",
                    number.doubleValue(),
                    "timestamp",
                    clock.millis(),
                    "step",
                    step));
          }
        });
  }
}
