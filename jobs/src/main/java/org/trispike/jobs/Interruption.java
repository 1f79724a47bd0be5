package org.trispike.jobs;

import org.apache.hadoop.util.ShutdownHookManager;
import org.trispike.datasets.UserError;

/**
 * Ends a job that gets Ctrl-C or SIGTERM with the exit code for "interrupted and resumable". Spark
 * and Hadoop tidy up in hooks of their own, which run between the two of this class.
 */
final class Interruption implements AutoCloseable {
  private static final int FIRST = 1000;
  private static final int LAST = 1;

  private final Runnable tell =
      () ->
          System.err.println(
              "\nInterrupted: what is finished stays, what was in the making is not published."
                  + " The same command goes on from there");

  private final Runnable end =
      () -> Runtime.getRuntime().halt(UserError.Kind.INTERRUPTED.exitCode());

  private final ShutdownHookManager hooks = ShutdownHookManager.get();

  Interruption() {
    hooks.addShutdownHook(tell, FIRST);
    hooks.addShutdownHook(end, LAST);
  }

  /** Whether the process is going down because it was told to. */
  boolean happened() {
    return hooks.isShutdownInProgress();
  }

  /** The job is over: an exit from here on is its own. */
  @Override
  public void close() {
    if (!happened()) {
      hooks.removeShutdownHook(tell);
      hooks.removeShutdownHook(end);
    }
  }
}
