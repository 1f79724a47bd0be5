package org.trispike.datasets.store;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells a job that failed because executor after executor died under one of its tasks. Spark keeps
 * the reason only in the words of its exception.
 */
public final class LostExecutors {
  private static final Pattern LOSS =
      Pattern.compile(
          "most recent failure: .*ExecutorLostFailure \\(executor \\S+ exited [^)]*\\) Reason:"
              + " (.*)");

  private LostExecutors() {}

  /** What Spark says of the executor that died last; none if the job failed of something else. */
  public static Optional<String> reason(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      Matcher loss = LOSS.matcher(String.valueOf(t.getMessage()));
      if (loss.find()) {
        return Optional.of(loss.group(1));
      }
    }
    return Optional.empty();
  }

  /** A sentence about it with what to do. */
  public static String advice(String reason) {
    return "the executors that ran one of its tasks died one after the other ("
        + reason
        + "). Mostly that is memory: give executors more (spark.executor.memory,"
        + " spark.executor.memoryOverhead), or fewer cores each; the log of an executor says more";
  }
}
