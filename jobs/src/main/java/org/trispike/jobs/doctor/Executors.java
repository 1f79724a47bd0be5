package org.trispike.jobs.doctor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;

/** Asks each executor about itself, by a task for each core, again until all have answered. */
final class Executors {
  private static final String GROUP = "doctor";
  private static final int ROUNDS = 5;
  private static final long WAIT_MILLIS = 20_000;
  private static final long POLL_MILLIS = 200;
  private static final long JOB_SECONDS = 90;

  private final JavaSparkContext spark;
  private final JvmProbe probe;
  private final Map<String, JvmFacts> answers = new TreeMap<>();
  private final Map<String, Long> skews = new HashMap<>();
  private String problem = "";

  Executors(JavaSparkContext spark, JvmProbe probe) {
    this.spark = spark;
    this.probe = probe;
  }

  /** Runs tasks until every executor has answered, or for so many rounds. */
  void ask() {
    await();
    // At least twice: a job that loads classes takes too long to tell a clock by.
    for (int i = 0; i < ROUNDS && problem.isEmpty() && (i < 2 || !complete()); i++) {
      askOnce();
    }
  }

  private boolean complete() {
    return answers.size() >= registered();
  }

  List<JvmFacts> answers() {
    return List.copyOf(answers.values());
  }

  Map<String, Long> skewMillis() {
    return skews;
  }

  /** Why no task came back; "" if all did. */
  String problem() {
    return problem;
  }

  /** Executors that Spark knows, without the driver, which it counts as one. */
  int registered() {
    return spark.sc().statusTracker().getExecutorInfos().length - 1;
  }

  /** Executors start while the driver goes on, so those that are asked for are waited for. */
  private void await() {
    int wanted = Math.max(1, spark.getConf().getInt("spark.executor.instances", 1));
    long end = System.currentTimeMillis() + WAIT_MILLIS;
    while (registered() < wanted && System.currentTimeMillis() < end && pause()) {
      // The condition says it all.
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(POLL_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void askOnce() {
    spark.setJobGroup(GROUP, "doctor: asks each executor about itself", true);
    int tasks = Math.max(1, spark.defaultParallelism());
    List<Integer> numbers = IntStream.range(0, tasks).boxed().toList();
    long begin = System.currentTimeMillis();
    JavaFutureAction<List<JvmFacts>> job =
        spark.parallelize(numbers, tasks).map(probe).collectAsync();
    try {
      List<JvmFacts> facts = job.get(JOB_SECONDS, TimeUnit.SECONDS);
      long end = System.currentTimeMillis();
      facts.forEach(fact -> add(fact, begin, end));
    } catch (TimeoutException e) {
      problem = "no executor ran a task within " + JOB_SECONDS + " s";
    } catch (ExecutionException e) {
      problem = "a task of doctor's failed: " + firstLine(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      problem = "it was interrupted";
    } finally {
      spark.cancelJobGroup(GROUP);
      spark.clearJobGroup();
    }
  }

  private void add(JvmFacts facts, long begin, long end) {
    answers.merge(facts.place(), facts, (old, more) -> old.with(more.gpus().given()));
    long skew = skew(facts.clockMillis(), begin, end);
    skews.merge(facts.place(), skew, (a, b) -> Math.abs(a) < Math.abs(b) ? b : a);
  }

  /** How far a clock is certainly off: a task runs between the job's begin and its end. */
  static long skew(long clock, long begin, long end) {
    return clock < begin ? clock - begin : Math.max(0, clock - end);
  }

  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse(failure.toString());
  }
}
