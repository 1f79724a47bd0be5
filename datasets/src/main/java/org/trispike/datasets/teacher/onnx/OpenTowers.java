package org.trispike.datasets.teacher.onnx;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The towers that this JVM has loaded. Tasks share them, since a model takes seconds to load and up
 * to gigabytes to hold; the JVM is the only thing that tasks of an executor have in common. What
 * nobody uses any more stays for the next task, until another teacher is asked for.
 */
final class OpenTowers {
  private static final OpenTowers OF_THIS_JVM = new OpenTowers();

  private final Map<String, Shared> loaded = new HashMap<>();

  private static final class Shared {
    final ClipTowers towers;
    int users;

    Shared(ClipTowers towers) {
      this.towers = towers;
    }
  }

  OpenTowers() {}

  static OpenTowers ofThisJvm() {
    return OF_THIS_JVM;
  }

  /**
   * The towers of a key, loaded if they are not there. Each call has its {@link #release}.
   *
   * @param load runs while other tasks wait, so that they find what it loads
   */
  synchronized ClipTowers acquire(String key, Supplier<ClipTowers> load) {
    Shared shared = loaded.get(key);
    if (shared == null) {
      closeIdle();
      shared = new Shared(load.get());
      loaded.put(key, shared);
    }
    shared.users++;
    return shared.towers;
  }

  synchronized void release(String key) {
    loaded.get(key).users--;
  }

  private void closeIdle() {
    loaded
        .values()
        .removeIf(
            shared -> {
              boolean idle = shared.users == 0;
              if (idle) {
                shared.towers.close();
              }
              return idle;
            });
  }
}
