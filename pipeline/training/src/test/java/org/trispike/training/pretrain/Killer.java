package org.trispike.training.pretrain;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.trispike.datasets.Progress;

/** Does harm some milliseconds after a round has ended, and knows what that interrupted. */
final class Killer extends SparkListener implements Progress, AutoCloseable {
  private final int round;
  private final long delayMillis;
  private final BooleanSupplier harm;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final List<String> lines = new ArrayList<>();
  private volatile String job = "no job";
  private volatile String interrupted;
  private int updates;

  /**
   * @param round so many rounds have ended; 0: the training has just begun
   * @param harm whether it succeeded
   */
  Killer(int round, long delayMillis, BooleanSupplier harm) {
    this.round = round;
    this.delayMillis = delayMillis;
    this.harm = harm;
  }

  /** What Spark was doing when it happened; null if it did not. */
  String interrupted() {
    return interrupted;
  }

  List<String> lines() {
    return lines;
  }

  private void strike() {
    String now = job;
    if (harm.getAsBoolean()) {
      interrupted = now;
    }
  }

  private void ended(int rounds) {
    if (rounds == round && delayMillis == 0) {
      strike();
    } else if (rounds == round) {
      var unused = clock.schedule(this::strike, delayMillis, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void start(String stage, long total, long done) {
    ended(0);
  }

  @Override
  public void update(long done, String figures) {
    ended(++updates);
  }

  @Override
  public void line(String message) {
    lines.add(message);
  }

  @Override
  public void finish(String summary) {}

  @Override
  public void onJobStart(SparkListenerJobStart event) {
    job = event.properties().getProperty("spark.job.description", "a job");
  }

  @Override
  public void onJobEnd(SparkListenerJobEnd event) {
    job = "no job";
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
