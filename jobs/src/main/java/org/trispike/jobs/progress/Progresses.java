package org.trispike.jobs.progress;

import java.io.PrintStream;
import java.time.Clock;
import org.trispike.datasets.Progress;

/** Chooses the progress that suits where it is read. */
public final class Progresses {
  private Progresses() {}

  /**
   * @param terminal whether {@code out} is a terminal
   * @param quiet whether nothing but failures and results is wanted
   */
  public static Progress of(PrintStream out, boolean terminal, boolean quiet) {
    if (quiet) {
      return Progress.silent();
    }
    return terminal ? new TerminalProgress(out) : new LineProgress(out, Clock.systemUTC());
  }
}
