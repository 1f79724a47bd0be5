package org.trispike.training.pretrain;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.trispike.datasets.Progress;
import org.trispike.datasets.UserError;
import org.trispike.datasets.store.LostExecutors;
import org.trispike.datasets.store.StoreFailures;

/**
 * Runs work on the cluster again when it was the cluster that failed: a store that did not answer,
 * a block that went with its executor. Spark has then tried each task several times already. What
 * the data or the program did wrong would go wrong again, and so would a task under which one
 * executor after the other died.
 */
final class Restarts {
  private final JavaSparkContext spark;
  private final int limit;
  private final Interruption interruption;
  private final Progress progress;

  /**
   * @param limit how often the same work is run again
   */
  Restarts(JavaSparkContext spark, int limit, Interruption interruption, Progress progress) {
    this.spark = spark;
    this.limit = limit;
    this.interruption = interruption;
    this.progress = progress;
  }

  /**
   * @param name of the work, at the start of a sentence
   * @param work that leaves everything as it was when it fails
   * @throws UserError what a task told of the user's data; or, of the kind ENVIRONMENT, what the
   *     cluster could not do
   */
  <T> T run(String name, Supplier<T> work) {
    for (int restarts = 0; ; restarts++) {
      try {
        return work.get();
        // Spark throws checked exceptions, which Scala does not declare.
      } catch (Exception e) {
        RuntimeException failure = judged(name, e);
        if (!(failure instanceof UserError error) || !isEnvironment(error)) {
          throw failure;
        }
        if (isFinal(e)) {
          throw resumable(failure.getMessage(), e);
        }
        if (restarts == limit) {
          throw resumable(failure.getMessage() + "; it was run again " + limit + " times", e);
        }
        progress.line("pretrain: " + failure.getMessage() + "; it is run again");
      }
    }
  }

  private static UserError resumable(String message, Exception cause) {
    return UserError.environment(message + ". Run the same command again to resume", cause);
  }

  private static boolean isEnvironment(UserError error) {
    return error.kind() == UserError.Kind.ENVIRONMENT;
  }

  private boolean isFinal(Exception failure) {
    return interruption.asked()
        || spark.sc().isStopped()
        || LostExecutors.reason(failure).isPresent();
  }

  private RuntimeException judged(String name, Exception failure) {
    Throwable root = failure;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof UserError error) {
        return isEnvironment(error)
            ? UserError.environment(name + " failed: " + error.getMessage(), failure)
            : error;
      }
      root = t;
    }
    Optional<String> lost = LostExecutors.reason(failure);
    if (lost.isPresent()) {
      return UserError.environment(name + " failed: " + LostExecutors.advice(lost.get()), failure);
    }
    if (spark.sc().isStopped()
        || root instanceof SparkException
        || root instanceof IOException
        || StoreFailures.is(failure)) {
      return UserError.environment(name + " failed: " + firstLine(root), failure);
    }
    return new IllegalStateException(name + " failed: " + root, failure);
  }

  /** Spark's messages go on with traces. */
  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }
}
