package org.trispike.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trispike.kernels.Duo.Twin;

/** Operations on images beside what PyTorch makes of them (make_images.py), and the oracle. */
final class ImagesTest {
  private static final int IMAGES = 2;
  private static final int[] CHANNELS = {1, 3, 8, 16, 21, 40};

  /** A line of images.txt. */
  private record Expected(String kind, int[] numbers, String what, double[] values) {
    static Expected of(String line) {
      String[] words = line.split(" ");
      int[] numbers = Arrays.stream(words, 1, 8).mapToInt(Integer::parseInt).toArray();
      double[] values =
          Arrays.stream(words, 9, words.length).mapToDouble(Double::valueOf).toArray();
      return new Expected(words[0], numbers, words[8], values);
    }

    Window2d window() {
      return new Window2d(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }

    /** For maps to images of another size, which stands in the place of kernel and stride. */
    Resampling map() {
      return switch (kind) {
        case "nearest" -> Resampling.nearest(numbers[0], numbers[1], numbers[2], numbers[3]);
        case "bilinear" -> Resampling.bilinear(numbers[0], numbers[1], numbers[2], numbers[3]);
        default -> Resampling.meanPool(window());
      };
    }

    int channels() {
      return numbers[5];
    }

    int outputs() {
      return numbers[6];
    }
  }

  private static List<Expected> expected() throws IOException {
    List<Expected> all = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                ImagesTest.class.getResourceAsStream("/images/images.txt"),
                StandardCharsets.UTF_8))) {
      lines.lines().forEach(line -> all.add(Expected.of(line)));
    }
    return all;
  }

  /** Numbers that the Python script draws too. */
  private static float[] values(String name, int count) {
    int key = 0x811C9DC5;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      key = (key ^ (b & 0xFF)) * 16777619;
    }
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      int x = key + i * 0x9E3779B9;
      x = (x ^ (x >>> 16)) * 0x85EBCA6B;
      x = (x ^ (x >>> 13)) * 0xC2B2AE35;
      x ^= x >>> 16;
      values[i] = (x >>> 16) / 32768f - 1;
    }
    return values;
  }

  private static Tensor drawn(Compute compute, String name, int... shape) {
    Tensor tensor = compute.allocate(shape);
    compute.upload(values(name, tensor.size()), 0, tensor);
    return tensor;
  }

  static Stream<Compute> computes() {
    return Stream.concat(Duo.computes(), Stream.of(new ReferenceCompute()));
  }

  @ParameterizedTest
  @MethodSource("computes")
  void resultsAndGradientsAreThoseOfPyTorch(Compute compute) throws IOException {
    List<Expected> lines = expected();
    assertThat(lines).hasSize(61);
    try (compute) {
      for (Expected line : lines) {
        Tensor result = result(compute, line);
        float[] got = new float[result.size()];
        compute.download(result, got, 0);
        assertThat(got).as("%s", line).hasSize(line.values().length);
        for (int i = 0; i < got.length; i++) {
          assertThat((double) got[i])
              .as("%s %s %s [%s]", line.kind(), Arrays.toString(line.numbers()), line.what(), i)
              .isCloseTo(line.values()[i], within(2e-5));
        }
      }
    }
  }

  private static Tensor result(Compute compute, Expected line) {
    int in = line.numbers()[0] * line.numbers()[1];
    Tensor x = drawn(compute, "x", IMAGES * in, line.channels());
    Tensor dx = compute.allocate(x.rows(), line.channels());
    return switch (line.kind()) {
      case "dense" -> dense(compute, line, x, dx);
      case "depthwise" -> depthwise(compute, line, x, dx);
      case "max" -> max(compute, line, x, dx);
      default -> resampled(compute, line, x, dx);
    };
  }

  private static Tensor dense(Compute compute, Expected line, Tensor x, Tensor dx) {
    Window2d window = line.window();
    Rulebook rulebook = window.rulebook();
    Tensor w = drawn(compute, "w", window.offsets(), line.channels(), line.outputs());
    Tensor dy = drawn(compute, "direction", IMAGES * window.outRows(), line.outputs());
    Tensor y = compute.allocate(dy.rows(), line.outputs());
    Tensor dw = compute.allocate(w.shape());
    compute.sparseConv(x, w, rulebook, y);
    compute.sparseConvBackwardData(dy, w, rulebook, 0, dx);
    compute.sparseConvBackwardWeights(x, dy, rulebook, 0, dw);
    return pick(line, y, dx, dw);
  }

  private static Tensor depthwise(Compute compute, Expected line, Tensor x, Tensor dx) {
    Window2d window = line.window();
    Tensor w = drawn(compute, "w", window.offsets(), line.channels());
    Tensor dy = drawn(compute, "direction", IMAGES * window.outRows(), line.channels());
    Tensor y = compute.allocate(dy.rows(), line.channels());
    Tensor dw = compute.allocate(w.shape());
    compute.depthwiseConv(x, w, window, y);
    compute.depthwiseConvBackwardData(dy, w, window, 0, dx);
    compute.depthwiseConvBackwardWeights(x, dy, window, 0, dw);
    return pick(line, y, dx, dw);
  }

  private static Tensor max(Compute compute, Expected line, Tensor x, Tensor dx) {
    Window2d window = line.window();
    Tensor dy = drawn(compute, "direction", IMAGES * window.outRows(), line.channels());
    Tensor y = compute.allocate(dy.rows(), line.channels());
    int[] winners = new int[y.size()];
    compute.maxPool(x, window, y, winners);
    compute.maxBackward(dy, winners, dx);
    return pick(line, y, dx, null);
  }

  private static Tensor resampled(Compute compute, Expected line, Tensor x, Tensor dx) {
    Resampling map = line.map();
    Tensor dy = drawn(compute, "direction", IMAGES * map.outRows(), line.channels());
    Tensor y = compute.allocate(dy.rows(), line.channels());
    compute.resample(map, x, 0, y);
    compute.resample(map.transposed(), dy, 0, dx);
    return pick(line, y, dx, null);
  }

  private static Tensor pick(Expected line, Tensor y, Tensor dx, Tensor dw) {
    return switch (line.what()) {
      case "y" -> y;
      case "dx" -> dx;
      default -> dw;
    };
  }

  /** Large enough for several bands and runs, and for borders that no output sees. */
  @ParameterizedTest
  @MethodSource("org.trispike.kernels.Duo#computes")
  void depthwiseConvolutionsMatchTheOracle(Compute compute) {
    int[][] windows = {
      {1, 1, 1, 1, 0},
      {9, 31, 3, 1, 1},
      {40, 70, 7, 1, 3},
      {33, 50, 3, 2, 1},
      {30, 41, 7, 4, 3},
      {12, 20, 2, 3, 0},
      {25, 18, 5, 1, 4},
      {5, 3, 7, 2, 3},
      {24, 26, 9, 1, 4},
    };
    try (Duo duo = new Duo(compute, 1)) {
      for (int[] w : windows) {
        Window2d window = new Window2d(w[0], w[1], w[2], w[3], w[4]);
        for (int channels : CHANNELS) {
          depthwise(duo, window, channels, channels == 16 ? 3 : 1);
        }
        depthwise(duo, window, 8, 0);
      }
    }
  }

  private static void depthwise(Duo duo, Window2d window, int channels, int images) {
    Twin x = duo.normal(images * window.inRows(), channels);
    Twin w = duo.normal(window.offsets(), channels);
    Twin y = duo.normal(images * window.outRows(), channels);
    duo.fast.depthwiseConv(x.fast(), w.fast(), window, y.fast());
    duo.exact.depthwiseConv(x.exact(), w.exact(), window, y.exact());
    duo.assertClose(y);
    Twin dy = duo.normal(images * window.outRows(), channels);
    for (float beta : new float[] {0f, 1f, -0.5f}) {
      duo.fast.depthwiseConvBackwardData(dy.fast(), w.fast(), window, beta, x.fast());
      duo.exact.depthwiseConvBackwardData(dy.exact(), w.exact(), window, beta, x.exact());
      duo.assertClose(x);
      duo.fast.depthwiseConvBackwardWeights(x.fast(), dy.fast(), window, beta, w.fast());
      duo.exact.depthwiseConvBackwardWeights(x.exact(), dy.exact(), window, beta, w.exact());
      duo.assertClose(w);
      w = duo.normal(window.offsets(), channels);
      x = duo.normal(images * window.inRows(), channels);
    }
  }

  @ParameterizedTest
  @MethodSource("org.trispike.kernels.Duo#computes")
  void maximaOverWindowsMatchTheOracle(Compute compute) {
    try (Duo duo = new Duo(compute, 2)) {
      for (int[] w : new int[][] {{20, 20, 5, 1, 2}, {9, 14, 3, 2, 1}, {3, 2, 3, 1, 2}}) {
        Window2d window = new Window2d(w[0], w[1], w[2], w[3], w[4]);
        for (int channels : CHANNELS) {
          float[] small = new float[2 * window.inRows() * channels];
          for (int i = 0; i < small.length; i++) {
            small[i] = Math.round(duo.random().uniform(-4, -1));
          }
          Twin x = duo.of(small, 2 * window.inRows(), channels);
          Twin y = duo.normal(2 * window.outRows(), channels);
          int[] fast = new int[y.fast().size()];
          int[] exact = new int[fast.length];
          duo.fast.maxPool(x.fast(), window, y.fast(), fast);
          duo.exact.maxPool(x.exact(), window, y.exact(), exact);
          duo.assertClose(y);
          assertThat(fast).isEqualTo(exact);
          duo.fast.maxPool(x.fast(), window, y.fast(), null);
          duo.assertClose(y);
          duo.fast.maxBackward(y.fast(), fast, x.fast());
          duo.exact.maxBackward(y.exact(), exact, x.exact());
          duo.assertClose(x);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.trispike.kernels.Duo#computes")
  void imagesAtOtherSizesMatchTheOracle(Compute compute) {
    List<Resampling> maps =
        List.of(
            Resampling.nearest(10, 13, 20, 26),
            Resampling.bilinear(9, 7, 33, 28),
            Resampling.bilinear(1, 1, 3, 2),
            Resampling.meanPool(Window2d.same(8, 9, 3, 2)));
    try (Duo duo = new Duo(compute, 3)) {
      for (Resampling map : maps) {
        for (int channels : CHANNELS) {
          Twin x = duo.normal(2 * map.inRows(), channels);
          Twin y = duo.normal(2 * map.outRows(), channels);
          for (float beta : new float[] {0f, 1f}) {
            duo.fast.resample(map, x.fast(), beta, y.fast());
            duo.exact.resample(map, x.exact(), beta, y.exact());
            duo.assertClose(y);
            duo.fast.resample(map.transposed(), y.fast(), beta, x.fast());
            duo.exact.resample(map.transposed(), y.exact(), beta, x.exact());
            duo.assertClose(x);
          }
        }
      }
    }
  }

  /** Convolution as the stem of a detector begins, and an event-driven one, by a rulebook. */
  @ParameterizedTest
  @MethodSource("org.trispike.kernels.Duo#computes")
  void denseConvolutionsGoByTheRulebookOfTheirWindow(Compute compute) {
    try (Duo duo = new Duo(compute, 4)) {
      for (int[] w : new int[][] {{32, 40, 7, 4, 2}, {20, 24, 3, 1, 1}, {20, 24, 3, 2, 1}}) {
        Rulebook rulebook = new Window2d(w[0], w[1], w[2], w[3], w[4]).rulebook();
        for (int in : new int[] {3, 16}) {
          Twin x = duo.normal(2 * rulebook.inRows(), in);
          Twin weights = duo.normal(rulebook.offsets(), in, 24);
          Twin y = duo.normal(2 * rulebook.outRows(), 24);
          duo.fast.sparseConv(x.fast(), weights.fast(), rulebook, y.fast());
          duo.exact.sparseConv(x.exact(), weights.exact(), rulebook, y.exact());
          duo.assertClose(y);
          duo.fast.spikeConv(x.fast(), weights.fast(), rulebook, y.fast());
          duo.assertClose(y);
        }
      }
    }
  }

  @Test
  void gradientsDoNotDependOnTheNumberOfThreads() {
    assertThat(gradients(Computes.cpu(3))).containsExactly(gradients(Computes.cpu(1)));
  }

  private static float[] gradients(Compute compute) {
    try (Duo duo = new Duo(compute, 5)) {
      Window2d window = Window2d.same(50, 20, 3, 1);
      Tensor x = duo.normal(2 * window.inRows(), 80).fast();
      Tensor w = duo.normal(window.offsets(), 80).fast();
      Tensor dy = duo.normal(2 * window.outRows(), 80).fast();
      Tensor dw = duo.normal(window.offsets(), 80).fast();
      compute.depthwiseConvBackwardWeights(x, dy, window, 0, dw);
      compute.depthwiseConvBackwardData(dy, w, window, 0, x);
      float[] result = new float[x.size() + dw.size()];
      compute.download(x, result, 0);
      compute.download(dw, result, x.size());
      return result;
    }
  }

  @Test
  void aWindowThatSeesNothingIsRefused() {
    assertThatThrownBy(() -> new Window2d(4, 4, 7, 1, 0))
        .hasMessage("A window of 7 pixels does not fit images of 4 x 4 pixels padded by 0");
    assertThatThrownBy(() -> new Window2d(4, 4, 3, 1, 3)).hasMessage("Padding 3 is outside 0..2");
    assertThatThrownBy(() -> new Window2d(4, 4, 3, 0, 1))
        .hasMessage("A stride of 0 pixels does not move");
  }
}
