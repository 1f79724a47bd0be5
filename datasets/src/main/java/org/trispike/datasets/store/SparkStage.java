package org.trispike.datasets.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import org.apache.spark.JobExecutionStatus;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.JavaSparkStatusTracker;
import org.trispike.datasets.Progress;
import org.trispike.datasets.UserError;

/** Runs a Spark job under the user's words, with progress by its finished tasks. */
public final class SparkStage {
  private static final long POLL_MILLIS = 500;

  /** How long the other tasks of a failed job are waited for; they were interrupted. */
  private static final Duration WIND_DOWN = Duration.ofSeconds(30);

  private SparkStage() {}

  /**
   * Collects {@code rdd}, one task a partition. Where the job fails, its other tasks have ended too
   * (or had half a minute for it) before this returns, so that nobody writes behind the caller's
   * back.
   *
   * @param description of the job, as Spark's pages show it
   * @param figures what the progress says after so many finished tasks
   * @throws UserError the one that a task threw, or an ENVIRONMENT error for what Spark failed at
   */
  public static <T> List<T> collect(
      JavaSparkContext spark,
      JavaRDD<T> rdd,
      String group,
      String description,
      Progress progress,
      IntFunction<String> figures) {
    spark.setJobGroup(group, description, true);
    JavaFutureAction<List<T>> job = rdd.collectAsync();
    try {
      while (true) {
        try {
          return job.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          int done = count(spark.statusTracker(), job.jobIds(), SparkStageInfo::numCompletedTasks);
          progress.update(done, figures.apply(done));
        }
      }
    } catch (InterruptedException e) {
      spark.cancelJobGroup(group);
      Thread.currentThread().interrupt();
      throw new UserError(
          UserError.Kind.INTERRUPTED, description + " was interrupted; run it again to resume", e);
    } catch (ExecutionException e) {
      awaitEnd(spark.statusTracker(), job.jobIds());
      throw cause(description, e);
    } finally {
      spark.clearJobGroup();
    }
  }

  private static void awaitEnd(JavaSparkStatusTracker tracker, List<Integer> jobs) {
    long end = System.nanoTime() + WIND_DOWN.toNanos();
    try {
      while (!ended(tracker, jobs) && System.nanoTime() < end) {
        Thread.sleep(POLL_MILLIS / 10);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Counts of tasks are late while a job runs, and exact from the word of its end on. */
  private static boolean ended(JavaSparkStatusTracker tracker, List<Integer> jobs) {
    for (int job : jobs) {
      var info = tracker.getJobInfo(job);
      if (info == null || info.status() == JobExecutionStatus.RUNNING) {
        return false;
      }
    }
    return count(tracker, jobs, SparkStageInfo::numActiveTasks) == 0;
  }

  private static int count(
      JavaSparkStatusTracker tracker, List<Integer> jobs, ToIntFunction<SparkStageInfo> tasks) {
    int count = 0;
    for (int job : jobs) {
      var info = tracker.getJobInfo(job);
      if (info == null) {
        continue;
      }
      for (int stage : info.stageIds()) {
        SparkStageInfo stageInfo = tracker.getStageInfo(stage);
        count += stageInfo == null ? 0 : tasks.applyAsInt(stageInfo);
      }
    }
    return count;
  }

  private static RuntimeException cause(String description, Throwable failure) {
    Throwable last = failure;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof UserError error) {
        return error;
      }
      last = t;
    }
    // A store's own cause, where the walk ended, is an exception of some client library.
    Optional<String> reason =
        LostExecutors.reason(failure)
            .map(LostExecutors::advice)
            .or(() -> StoreFailures.find(failure).map(Throwable::getMessage));
    if (reason.isPresent()) {
      return UserError.environment(
          description
              + " failed: "
              + reason.get()
              + ". Finished work is kept; run the same command again to resume",
          failure);
    }
    return last instanceof RuntimeException || last instanceof Error
        ? new IllegalStateException(description + " failed: " + last, failure)
        : UserError.environment(description + " failed: " + last.getMessage(), failure);
  }
}
