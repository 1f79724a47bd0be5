package org.trispike.training.observe;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * Counts what goes wrong on a cluster. Spark tells of it a little later than it happens, so a count
 * may belong to the round before.
 */
public final class ClusterEvents extends SparkListener {
  private final AtomicInteger lostExecutors = new AtomicInteger();
  private final AtomicInteger failedTasks = new AtomicInteger();

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved event) {
    lostExecutors.incrementAndGet();
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd event) {
    // What is killed because another attempt was faster has not failed.
    if (event.taskInfo() != null && event.taskInfo().failed()) {
      failedTasks.incrementAndGet();
    }
  }

  /** Executors that left since this was asked last, for whatever reason. */
  public int takeLostExecutors() {
    return lostExecutors.getAndSet(0);
  }

  /**
   * Attempts of tasks that failed since this was asked last; each was tried again, or is the end.
   */
  public int takeFailedTasks() {
    return failedTasks.getAndSet(0);
  }
}
