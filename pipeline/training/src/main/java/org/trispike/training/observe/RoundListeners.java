package org.trispike.training.observe;

import com.typesafe.config.Config;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.trispike.datasets.UserError;

/** Several listeners as one. */
public final class RoundListeners implements RoundListener {
  private final List<RoundListener> listeners;

  /**
   * @param listeners in the order in which they are called
   */
  public RoundListeners(List<RoundListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  /**
   * Those that a configuration asks for.
   *
   * @throws UserError if a setting of theirs is not what its key takes
   */
  public static RoundListeners from(Config root) {
    List<RoundListener> listeners = new ArrayList<>();
    listeners.add(TrispikePlugin.gauges());
    MlflowConfig.from(root)
        .ifPresent(
            mlflow ->
                listeners.add(
                    new MlflowListener(
                        mlflow,
                        Clock.systemUTC(),
                        System.getLogger(MlflowListener.class.getName()))));
    return new RoundListeners(listeners);
  }

  @Override
  public void begin(String fingerprint, int done) {
    listeners.forEach(listener -> listener.begin(fingerprint, done));
  }

  @Override
  public void round(Map<String, Object> metrics) {
    listeners.forEach(listener -> listener.round(metrics));
  }

  @Override
  public void checkpoint() {
    listeners.forEach(RoundListener::checkpoint);
  }

  @Override
  public void end(Outcome outcome) {
    listeners.forEach(listener -> listener.end(outcome));
  }
}
