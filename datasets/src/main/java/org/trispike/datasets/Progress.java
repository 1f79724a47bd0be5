package org.trispike.datasets;

/**
 * What a stage tells its user while it works. The stage knows no terminal: a bar, plain lines or
 * nothing at all are implementations of this. Called from the driver, from one thread at a time.
 */
public interface Progress {

  /** Begins a stage of {@code total} steps (0: unknown). */
  default void start(String stage, long total) {
    start(stage, total, 0);
  }

  /** Goes on with a stage of {@code total} steps, {@code done} of which a former run has made. */
  void start(String stage, long total, long done);

  /** {@code done} steps of the stage are behind; {@code figures} says how it goes, e.g. a rate. */
  void update(long done, String figures);

  /** A line to keep. */
  void line(String message);

  /** Ends the stage with its result in a sentence. */
  void finish(String summary);

  /** A progress that nobody watches. */
  static Progress silent() {
    return new Progress() {
      @Override
      public void start(String stage, long total, long done) {}

      @Override
      public void update(long done, String figures) {}

      @Override
      public void line(String message) {}

      @Override
      public void finish(String summary) {}
    };
  }
}
