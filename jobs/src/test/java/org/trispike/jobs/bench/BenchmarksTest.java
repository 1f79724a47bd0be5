package org.trispike.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.UserError;
import org.trispike.jobs.Main;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;
import org.trispike.kernels.FarthestPointSampling;
import org.trispike.kernels.KeyedRandom;
import org.trispike.kernels.NearestNeighbours;
import org.trispike.kernels.PointBatch;
import org.trispike.kernels.Scope;
import org.trispike.kernels.Tensor;
import org.trispike.kernels.Window2d;
import org.trispike.kernels.cpu.VectorSupport;

final class BenchmarksTest {
  private static final Pattern RATE =
      Pattern.compile("([0-9.]+) / +([0-9.]+) (GFLOP/s|GB/s|Mpts/s|clouds/s|ms)");

  private static Benchmarks.Options options(int threads) {
    return new Benchmarks.Options(
        0.001,
        "e3dsnn-t",
        threads,
        Optional.empty(),
        0,
        List.of(0.01, 0.3),
        Optional.empty(),
        VqBench.Device.CPU);
  }

  private static String output(Benchmarks what) {
    assumeThat(VectorSupport.present()).as("vectors, which bench is about").isTrue();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    what.run(new PrintStream(bytes, true, StandardCharsets.UTF_8), options(1));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Every rate is a number, and the best is not worse than the median. */
  private static long rates(String output) {
    List<MatchResult> rates = RATE.matcher(output).results().toList();
    for (MatchResult rate : rates) {
      double best = Double.parseDouble(rate.group(1));
      double median = Double.parseDouble(rate.group(2));
      assertThat(rate.group(3).equals("ms") ? median : best)
          .as(rate.group())
          .isGreaterThanOrEqualTo(rate.group(3).equals("ms") ? best : median);
    }
    return rates.size();
  }

  @Test
  void kernelsStandBesideTheirBaselines() {
    String output = output(Benchmarks.KERNELS);
    assertThat(output).contains("% of peak", "of OpenBLAS", "of product", "% of a copy");
    assertThat(output).doesNotContain("NaN", "Infinity");
    assertThat(rates(output)).isEqualTo(1 + 3 * 7 + 3 * 13 + 3 * 3 + 2 * 5 + 3 + 5);
  }

  @Test
  void aTrainingStepStandsBesideItsTwin() {
    String output = output(Benchmarks.TRAIN);
    assertThat(output).contains("6 batches of 16 clouds of 10,000 points", "without spikes");
    assertThat(rates(output)).isEqualTo(2);
    Matcher shares =
        Pattern.compile("time ([0-9.]+) %.*passes, ([0-9.]+) % the loss, ([0-9.]+) % DL4J")
            .matcher(output);
    assertThat(shares.find()).isTrue();
    double sum = 0;
    for (int i = 1; i <= 3; i++) {
      sum += Double.parseDouble(shares.group(i));
    }
    // Each is a median of its own.
    assertThat(sum).isBetween(90.0, 110.0);
  }

  @Test
  void inferenceStandsBesideItsPathsAndItsTwin() {
    String output = output(Benchmarks.INFER);
    assertThat(output)
        .contains("T x D = 1 x 4", "10,000 points", "dense integers", "binary slots")
        .contains("event-driven", "chosen by calibration", "8 bits", "1 threads", "2 threads");
    assertThat(output).doesNotContain("NaN", "Infinity");
    // Six ways one by one, two in batches on one and on two threads.
    assertThat(rates(output)).isEqualTo(6 + 2 * 2);
    assertThat(Pattern.compile("voxels and rulebooks +[0-9.]+ %").matcher(output).results())
        .hasSize(6 + 2 * 2);
  }

  @Test
  void samplingStandsBesideThePlainWays() {
    String output = output(Benchmarks.SAMPLE);
    assertThat(output).contains("1,936 triangles", "a hash table", "% of a copy", "sorting");
    assertThat(output).doesNotContain("NaN", "Infinity");
    assertThat(rates(output)).isEqualTo(2 + 2 + 2);
  }

  /** A baseline that did something else would make any ratio. */
  @Test
  void thePlainWaysFindTheSame() {
    PointBatch cloud = BenchClouds.singles(BenchClouds.surfaces(3)).get(2);
    float[] xyz = cloud.xyz();
    int[] picks = FarthestPointSampling.sample(xyz, 0, cloud.points(), 20, 0);
    assertThat(Naive.farthest(xyz, 20)).containsExactly(picks);
    assertThat(Naive.nearest(xyz, picks, 5))
        .containsExactly(NearestNeighbours.search(xyz, 0, cloud.points(), picks, 5));
  }

  @Test
  void theDepthwiseConvolutionOfNd4jIsOurs() {
    Window2d window = Window2d.same(6, 5, 3, 2);
    try (Compute compute = Computes.cpu(1);
        Scope scope = new Scope(compute)) {
      float[] x = drawn(30 * 4);
      float[] w = drawn(9 * 4);
      Tensor y = scope.tensor(window.outRows(), 4);
      Tensor pixels = scope.tensor(30, 4);
      Tensor weights = scope.tensor(9, 4);
      compute.upload(x, 0, pixels);
      compute.upload(w, 0, weights);
      compute.depthwiseConv(pixels, weights, window, y);
      float[] ours = new float[y.size()];
      compute.download(y, ours, 0);
      NativeDepthwise peer = new NativeDepthwise(window, x, w, ours);
      peer.forward();
      assertThat(peer.result()).usingComparatorWithPrecision(1e-5f).containsExactly(ours);
    }
  }

  private static float[] drawn(int count) {
    KeyedRandom random = KeyedRandom.of(count);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }

  @Test
  void aFolderWithoutAModelIsData(@TempDir Path folder) {
    assumeThat(VectorSupport.present()).isTrue();
    assertThat(Main.run("bench", "infer", "--model", folder.toString())).isEqualTo(3);
  }

  @Test
  void driverAndShuffleStandSideBySide() {
    String output = output(Benchmarks.AVERAGE);
    assertThat(output).contains("on local[2]", "10,000", "300,000");
    Pattern cells = Pattern.compile("([0-9.]+) / ([0-9.]+) s +[0-9]+ %");
    List<MatchResult> times = cells.matcher(output).results().toList();
    // Two sizes, 2 and 4 replicas, two ways.
    assertThat(times).hasSize(2 * 2 * 2);
    for (MatchResult time : times) {
      assertThat(Double.parseDouble(time.group(1))).isPositive();
      assertThat(Double.parseDouble(time.group(2)))
          .isGreaterThanOrEqualTo(Double.parseDouble(time.group(1)));
    }
  }

  /** No core of today does less or more; a loop that was compiled away would. */
  @Test
  void thePeakIsThatOfACore() {
    assumeThat(VectorSupport.present()).isTrue();
    Machine machine = Machine.measure(0.1);
    assertThat(machine.flops()).isBetween(1e9, 1e12);
    assertThat(machine.copyBytes()).isBetween(1e8, 1e12);
  }

  @Test
  void optionsOutOfRangeAreUsage() {
    assertThat(Main.run("bench", "train", "--encoder", "e3dsnn-x")).isEqualTo(2);
    assertThatThrownBy(() -> options(0))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--threads");
  }

  @Test
  void tasksThatAreComparedTakeTurns() {
    List<Integer> turns = new ArrayList<>();
    List<Timing> times =
        Timing.paired(1e-9, List.of(() -> turns.add(0), () -> turns.add(1), () -> turns.add(2)));
    assertThat(turns).startsWith(0, 1, 2, 0, 1, 2, 0, 1, 2);
    assertThat(times).hasSize(3);
    for (Timing time : times) {
      assertThat(time.best()).isLessThanOrEqualTo(time.median());
      assertThat(time.median()).isLessThanOrEqualTo(time.ninetieth());
    }
  }

  @Test
  void tasksOfATurnGetTheSameInput() {
    List<String> seen = new ArrayList<>();
    Timing.paired(
        1e-9, List.of("a", "b"), List.of(x -> seen.add("first " + x), x -> seen.add("then " + x)));
    // Behind what warmed them up.
    assertThat(seen)
        .containsSequence("first a", "then a", "first b", "then b", "first a", "then a");
  }

  @Test
  void quotientsAreOfRunsOfOneTurn() {
    Timing ours = Timing.of(new double[] {1, 4, 2});
    Timing theirs = Timing.of(new double[] {3, 12, 2});
    assertThat(ours.timesAsFastAs(theirs)).isEqualTo(3);
    assertThat(theirs.timesAsFastAs(ours)).isEqualTo(1 / 3.0);
    assertThat(theirs.median() / ours.median()).isEqualTo(1.5);
  }
}
