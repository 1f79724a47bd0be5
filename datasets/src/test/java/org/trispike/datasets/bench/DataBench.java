package org.trispike.datasets.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/**
 * Runs the benchmarks of data preparation on one core with JMH, and prints for each its rate and by
 * how much it is faster than the method {@code baseline} beside it. It states the best and the
 * median of many short runs: on a shared machine the best tells most.
 *
 * <p>Arguments are regular expressions of the classes to run, all by default. {@code
 * -Dtrispike.records=DIR} names a folder of OpenShape's records, which adds {@link RecordBench}.
 */
public final class DataBench {
  private static final String BASELINE = "baseline";

  /**
   * A benchmark class and what one call of its methods works on.
   *
   * @param amount of the unit, in a call
   */
  private record Work(Class<?> type, double amount, String unit) {}

  private static final List<Work> WORKS =
      List.of(
          new Work(SurfaceBench.class, SurfaceBench.POINTS * 1e-6, "Mpts/s"),
          new Work(FarthestPointBench.class, 1, "clouds/s"),
          new Work(VoxelBench.class, VoxelBench.POINTS * 1e-6, "Mpts/s"),
          new Work(ShardReadBench.class, BenchRows.BYTES * 1e-9, "GB/s"),
          new Work(ShardWriteBench.class, BenchRows.BYTES * 1e-9, "GB/s"));

  private DataBench() {}

  public static void main(String[] args) throws RunnerException {
    List<Work> works = new ArrayList<>(WORKS);
    String records = System.getProperty("trispike.records", "");
    if (!records.isEmpty()) {
      works.add(new Work(RecordBench.class, RecordBench.count(records), "records/s"));
    }
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .param("records", records)
            .forks(2)
            .threads(1)
            .warmupIterations(3)
            .warmupTime(TimeValue.seconds(2))
            .measurementIterations(5)
            .measurementTime(TimeValue.seconds(1))
            .jvmArgs("-Xmx1g", "-XX:+UseSerialGC", "--add-modules=jdk.incubator.vector");
    for (Work work : works) {
      if (args.length == 0 || List.of(args).stream().anyMatch(work.type().getName()::matches)) {
        options = options.include(work.type().getName() + "\\.");
      }
    }
    Collection<RunResult> results = new Runner(options.build()).run();
    for (Work work : works) {
      results.stream()
          .filter(result -> result.getParams().getBenchmark().startsWith(work.type().getName()))
          .filter(result -> !method(result).equals(BASELINE))
          .forEach(result -> print(work, result, baseline(results, result)));
    }
  }

  private static RunResult baseline(Collection<RunResult> results, RunResult of) {
    String name = of.getParams().getBenchmark();
    String baseline = name.substring(0, name.lastIndexOf('.') + 1) + BASELINE;
    return results.stream()
        .filter(result -> result.getParams().getBenchmark().equals(baseline))
        .filter(result -> values(result.getParams()).equals(values(of.getParams())))
        .findFirst()
        .orElseThrow();
  }

  private static String method(RunResult result) {
    String name = result.getParams().getBenchmark();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static List<String> values(BenchmarkParams params) {
    return params.getParamsKeys().stream().map(params::getParam).toList();
  }

  private static void print(Work work, RunResult result, RunResult baseline) {
    Statistics times = result.getPrimaryResult().getStatistics();
    Statistics others = baseline.getPrimaryResult().getStatistics();
    System.out.printf(
        Locale.ROOT,
        "%-18s %-10s %-16s %9.3f ms  %8.2f / %8.2f %-9s  %6.2f / %6.2f times the baseline%n",
        work.type().getSimpleName(),
        method(result),
        String.join(" ", values(result.getParams())),
        times.getMin() * 1e-6,
        work.amount() * 1e9 / times.getMin(),
        work.amount() * 1e9 / times.getPercentile(50),
        work.unit(),
        others.getMin() / times.getMin(),
        others.getPercentile(50) / times.getPercentile(50));
  }
}
