package org.trispike.spiking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;
import org.trispike.kernels.Neuron;
import org.trispike.kernels.PointBatch;
import org.trispike.kernels.ReferenceCompute;
import org.trispike.kernels.Scope;
import org.trispike.kernels.Tensor;

/** A small PointFormer beside what PyTorch makes of it, which make_pointformer.py wrote down. */
class PointFormerTest {
  private static final int OUT = 5;
  private static final int[] CLOUDS = {40, 5};
  private static final PointFormerSize SIZE = new PointFormerSize(6, 8, 10, 6, 15, 3, 16);

  /** What one case says: spikes call by call, and numbers by name. */
  private record Expected(List<String> spikes, Map<String, double[]> numbers) {

    static Expected read(String name) throws IOException {
      List<String> spikes = new ArrayList<>();
      Map<String, double[]> numbers = new LinkedHashMap<>();
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(
                  PointFormerTest.class.getResourceAsStream("/pointformer/pointformer.txt"),
                  StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          String[] words = line.split(" ");
          if (words[0].equals(name) && words[1].equals("spikes")) {
            spikes.add(words[2]);
          } else if (words[0].equals(name)) {
            int first = words[1].equals("gradient") ? 3 : 2;
            String[] values = Arrays.copyOfRange(words, first, words.length);
            numbers.put(
                words[first - 1], Arrays.stream(values).mapToDouble(Double::valueOf).toArray());
          }
        }
      }
      return new Expected(spikes, numbers);
    }
  }

  /** Numbers that the Python script draws too. */
  private static float[] values(String name, int count, double low, double high) {
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
      values[i] = (float) (low + (high - low) * ((x >>> 16) / 65536.0));
    }
    return values;
  }

  private static float[] values(ParameterSpec spec) {
    String name = spec.name();
    int[] shape = spec.shape();
    return switch (spec.role()) {
      case WEIGHT -> {
        double bound = 2 / Math.sqrt(shape[1]);
        yield values(name, spec.size(), -bound, bound);
      }
      case BIAS ->
          name.endsWith(".norm.weight")
              ? values(name, spec.size(), 0.6, 1.4)
              : values(name, spec.size(), 0, 1.5);
      case STATISTIC ->
          name.endsWith(".mean")
              ? values(name, spec.size(), -0.5, 0.5)
              : values(name, spec.size(), 0.5, 2);
    };
  }

  private static float[] flat(ParameterLayout layout) {
    float[] flat = new float[layout.size()];
    for (ParameterSpec spec : layout.parameters()) {
      System.arraycopy(values(spec), 0, flat, spec.offset(), spec.size());
    }
    return flat;
  }

  private static PointBatch batch() {
    List<float[]> xyz = new ArrayList<>();
    List<float[]> rgb = new ArrayList<>();
    for (int i = 0; i < CLOUDS.length; i++) {
      xyz.add(values("xyz" + i, 3 * CLOUDS[i], -1, 1));
      rgb.add(values("rgb" + i, 3 * CLOUDS[i], 0, 1));
    }
    return PointBatch.of(xyz, rgb);
  }

  private static Encoder encoder(Attention attention, int steps) {
    PointFormerSpec patches = new PointFormerSpec(8, 4, 2, attention);
    EncoderSpec spec =
        Fixtures.spec("small", OUT, Activation.SPIKING, Neuron.svl(4), steps)
            .withPointFormer(patches);
    return new PointFormer(spec, SIZE, Form.TRAINABLE);
  }

  @ParameterizedTest
  @CsvSource({"PAPER, 1", "PAPER, 2", "PUBLISHED, 1", "PUBLISHED, 2"})
  void spikesOutputsAndGradientsAreThoseOfPyTorch(Attention attention, int steps)
      throws IOException {
    String name = attention == Attention.PAPER ? "paper-" : "published-";
    Expected expected = Expected.read(name + steps);
    Encoder encoder = encoder(attention, steps);
    assertSame(new ReferenceCompute(), encoder, expected, 1e-9);
    for (Compute compute : new Compute[] {Computes.cpu(2), Computes.scalar()}) {
      try (compute) {
        assertSame(compute, encoder, expected, 1e-4);
      }
    }
  }

  private static void assertSame(
      Compute compute, Encoder encoder, Expected expected, double tolerance) {
    List<String> spikes = new ArrayList<>();
    try (Scope scope = new Scope(watched(compute, spikes))) {
      Tensor parameters = Fixtures.vector(scope, flat(encoder.layout()));
      Tensor gradients = scope.tensor(encoder.layout().size());
      EncoderTrace inference = encoder.forward(scope, parameters, batch(), false);
      assertThat(spikes).isEqualTo(expected.spikes());
      assertClose(compute, inference.output(), expected.numbers().get("output"), tolerance);
      EncoderTrace trace = encoder.forward(scope, parameters, batch(), true);
      assertClose(compute, trace.output(), expected.numbers().get("training"), tolerance);
      float[] direction = values("direction", CLOUDS.length * OUT, -1, 1);
      Tensor dOutput = scope.of(direction, CLOUDS.length, OUT);
      encoder.backward(trace, dOutput, parameters, gradients);
      int compared = 0;
      for (ParameterSpec spec : encoder.layout().parameters()) {
        if (spec.role() != Role.STATISTIC) {
          compared++;
          double[] numbers = expected.numbers().get(spec.name());
          double[] actual = summary(compute, spec, gradients);
          for (int i = 0; i < 2; i++) {
            assertThat(actual[i])
                .as(spec.name())
                .isCloseTo(numbers[i], within(tolerance * (1 + 10 * numbers[1])));
          }
        }
      }
      assertThat(expected.numbers()).hasSize(compared + 2);
    }
  }

  private static Compute watched(Compute compute, List<String> spikes) {
    return Interceptor.watching(
        compute,
        s -> {
          StringBuilder digits = new StringBuilder();
          for (float spike : Fixtures.download(compute, s)) {
            digits.append((int) spike);
          }
          spikes.add(digits.toString());
        });
  }

  private static void assertClose(
      Compute compute, Tensor actual, double[] expected, double tolerance) {
    double[] values = doubles(compute, actual);
    assertThat(values).containsExactly(expected, within(tolerance));
  }

  /** The scalar product with drawn numbers, and the length. */
  private static double[] summary(Compute compute, ParameterSpec spec, Tensor gradients) {
    float[] drawn = values("d " + spec.name(), spec.size(), -1, 1);
    double product = 0;
    double square = 0;
    double[] gradient = doubles(compute, spec.of(gradients));
    for (int i = 0; i < drawn.length; i++) {
      product += drawn[i] * gradient[i];
      square += gradient[i] * gradient[i];
    }
    return new double[] {product, Math.sqrt(square)};
  }

  private static double[] doubles(Compute compute, Tensor tensor) {
    if (compute instanceof ReferenceCompute reference) {
      return Fixtures.doubles(reference, tensor);
    }
    float[] values = Fixtures.download(compute, tensor);
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    assertThat(EncoderSpec.standard("pointformer", 0).pointFormer())
        .isEqualTo(new PointFormerSpec(512, 32, 12, Attention.PAPER));
    assertThatThrownBy(() -> new PointFormerSpec(0, 32, 12, Attention.PAPER))
        .hasMessage("Groups 0 is outside 1..4096");
    assertThatThrownBy(() -> new PointFormerSpec(512, 513, 12, Attention.PAPER))
        .hasMessage("Neighbours 513 is outside 1..512");
    assertThatThrownBy(() -> new PointFormerSpec(512, 32, 65, Attention.PAPER))
        .hasMessage("Depth 65 is outside 1..64");
    assertThatThrownBy(() -> new PointFormerSize(1, 1, 1, 1, 4, 3, 1))
        .hasMessage("4 columns are not cut into 3 heads");
  }
}
