package org.trispike.training.pretrain;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.trispike.training.StandaloneCluster;

/** Kills the executor of a task of a given round, some milliseconds after the task has begun. */
final class Killer extends SparkListener implements AutoCloseable {
  private final StandaloneCluster cluster;
  private final String round;
  private final int stage;
  private final long delayMillis;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  /** Stages of the round, by Spark's number of each, in their order. */
  private final Map<Integer, Integer> stages = new HashMap<>();

  private final Set<Long> running = new HashSet<>();
  private boolean struck;
  private Optional<String> moment = Optional.empty();

  /**
   * @param round from 1
   * @param stage of the round, from 0: the replicas', and that of the averages in a shuffle
   */
  Killer(StandaloneCluster cluster, int round, int stage, long delayMillis) {
    this.cluster = cluster;
    this.round = "round " + round + " of ";
    this.stage = stage;
    this.delayMillis = delayMillis;
  }

  @Override
  public synchronized void onStageSubmitted(SparkListenerStageSubmitted event) {
    if (event.properties().getProperty("spark.job.description", "").contains(round)) {
      stages.putIfAbsent(event.stageInfo().stageId(), stages.size());
    }
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart event) {
    if (Integer.valueOf(stage).equals(stages.get(event.stageId()))) {
      running.add(event.taskInfo().taskId());
      if (!struck) {
        struck = true;
        String host = event.taskInfo().host();
        var unused = clock.schedule(() -> strike(host), delayMillis, TimeUnit.MILLISECONDS);
      }
    }
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd event) {
    running.remove(event.taskInfo().taskId());
  }

  private synchronized void strike(String host) {
    if (cluster.killExecutor(host)) {
      moment = Optional.of(running.size() + " tasks of the stage at work");
    }
  }

  /** What the kill interrupted; none if there was no kill. */
  synchronized Optional<String> moment() {
    return moment;
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
