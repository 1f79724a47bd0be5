package org.trispike.datasets.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

/** The words are Spark 3.5's; {@code ClusterIT} of the training hears them from Spark itself. */
final class LostExecutorsTest {
  @Test
  void theReasonOfTheLastLossIsRead() {
    Throwable failure =
        new SparkException(
            "Job aborted due to stage failure: Task 1 in stage 7.0 failed 4 times, most recent"
                + " failure: Lost task 1.3 in stage 7.0 (TID 19) (127.0.0.1 executor 5):"
                + " ExecutorLostFailure (executor 5 exited caused by one of the running tasks)"
                + " Reason: Command exited with code 137\nDriver stacktrace:");
    assertThat(LostExecutors.reason(new IllegalStateException(failure)))
        .contains("Command exited with code 137");
    assertThat(LostExecutors.advice("Command exited with code 137"))
        .contains("(Command exited with code 137)", "spark.executor.memory");
  }

  @Test
  void otherFailuresHaveNone() {
    assertThat(LostExecutors.reason(new IllegalStateException("ExecutorLostFailure"))).isEmpty();
    assertThat(
            LostExecutors.reason(
                new SparkException(
                    "Job aborted due to stage failure: Task 1 in stage 7.0 failed 4 times, most"
                        + " recent failure: Lost task 1.3 in stage 7.0: java.io.IOException:"
                        + " gone")))
        .isEmpty();
  }
}
