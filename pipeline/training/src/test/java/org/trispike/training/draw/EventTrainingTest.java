package org.trispike.training.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.format.SharedData;
import org.trispike.datasets.format.Source;
import org.trispike.datasets.format.event.EventClouds;
import org.trispike.datasets.format.event.EventReader;
import org.trispike.datasets.format.event.Events;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;
import org.trispike.kernels.KeyedRandom;
import org.trispike.kernels.Neuron;
import org.trispike.kernels.PointBatch;
import org.trispike.kernels.Scope;
import org.trispike.kernels.Tensor;
import org.trispike.kernels.VoxelSpec;
import org.trispike.spiking.Activation;
import org.trispike.spiking.Encoder;
import org.trispike.spiking.EncoderSpec;
import org.trispike.spiking.EncoderTrace;
import org.trispike.spiking.Encoders;

/** Recordings of event cameras through E-3DSNN with six time steps. */
final class EventTrainingTest {
  private static final int STEPS = 6;
  private static final int SAMPLES = 8;
  private static final int SIDE = 34;

  /**
   * What a camera sees of an outline that drifts, a ring (kind 0) or a bar (kind 1): brighter where
   * it arrives, darker where it leaves.
   */
  private static Events moving(int kind, long key) {
    int n = 360;
    KeyedRandom random = KeyedRandom.of(key, kind);
    double way = random.uniform(0, 2 * Math.PI);
    long[] micros = new long[n];
    short[] x = new short[n];
    short[] y = new short[n];
    byte[] polarity = new byte[n];
    for (int i = 0; i < n; i++) {
      micros[i] = 1000 + 250L * i + random.nextInt(200);
      double along = random.uniform(-1, 1);
      double right = kind == 0 ? 8 * Math.cos(Math.PI * along) : along;
      double down = kind == 0 ? 8 * Math.sin(Math.PI * along) : 13 * along;
      double drift = 6.0 * i / n - 3;
      x[i] = pixel(right + drift * Math.cos(way));
      y[i] = pixel(down + drift * Math.sin(way));
      polarity[i] = (byte) (right * Math.cos(way) + down * Math.sin(way) > 0 ? 1 : 0);
    }
    return new Events(SIDE, SIDE, micros, x, y, polarity);
  }

  private static short pixel(double fromMiddle) {
    return (short) Math.max(0, Math.min(SIDE - 1, Math.rint(fromMiddle + (SIDE - 1) / 2.0)));
  }

  @Test
  void movingShapesAreLearntApart() {
    List<Events> seen = new ArrayList<>();
    List<Events> unseen = new ArrayList<>();
    for (int i = 0; i < 4 * SAMPLES; i++) {
      seen.add(moving(i % 2, i));
      unseen.add(moving(i % 2, 1000 + i));
    }
    assertThat(right(seen, unseen, 20)).isGreaterThanOrEqualTo(30);
  }

  @Test
  void realDigitsAreLearntApart() throws IOException, CorruptInputException {
    Path folder = SharedData.folder("events/nmnist_small");
    List<Events> zeros = digits(folder, "0");
    List<Events> ones = digits(folder, "1");
    List<Events> all = new ArrayList<>();
    for (int i = 0; i < 3 * SAMPLES; i++) {
      all.add(zeros.get(i));
      all.add(ones.get(i));
    }
    assertThat(right(all.subList(0, 4 * SAMPLES), all.subList(4 * SAMPLES, 6 * SAMPLES), 12))
        .isGreaterThanOrEqualTo(14);
  }

  /** Recordings of one digit, 30 ms of each. */
  private static List<Events> digits(Path folder, String digit)
      throws IOException, CorruptInputException {
    List<Events> digits = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("train1K.txt"))) {
      String[] fields = line.strip().split("\\s+");
      Path file = folder.resolve(fields[0] + ".bs2");
      if (fields.length == 2
          && fields[1].equals(digit)
          && Files.exists(file)
          && digits.size() < 3 * SAMPLES) {
        Events events = EventReader.read(Source.local(file, Limits.defaults()));
        digits.add(events.between(0, 30_000).onSensor(SIDE, SIDE));
      }
    }
    return digits;
  }

  /** Trains on recordings of two kinds in turns, and counts which of the others it tells apart. */
  private static int right(List<Events> seen, List<Events> unseen, int steps) {
    VoxelSpec voxels =
        new VoxelSpec(2f / SIDE, VoxelSpec.Origin.PER_SAMPLE, VoxelSpec.Duplicates.MEAN);
    EncoderSpec spec =
        new EncoderSpec("e3dsnn-t", 2, Activation.SPIKING, Neuron.svl(4), STEPS, voxels);
    Encoder encoder = Encoders.create(spec);
    float[] flat = new float[encoder.layout().size()];
    encoder.initialize(flat, 1);
    float[] slope = new float[flat.length];
    try (Compute compute = Computes.cpu(1)) {
      for (int step = 0; step < steps; step++) {
        int from = step * SAMPLES % seen.size();
        PointBatch batch = EventClouds.of(seen.subList(from, from + SAMPLES), STEPS);
        descend(compute, encoder, flat, slope, batch);
      }
      int right = 0;
      for (int from = 0; from < unseen.size(); from += SAMPLES) {
        PointBatch batch = EventClouds.of(unseen.subList(from, from + SAMPLES), STEPS);
        try (Scope scope = new Scope(compute)) {
          Tensor parameters = scope.of(flat, flat.length);
          float[] z = values(scope, encoder.forward(scope, parameters, batch, true).output());
          right +=
              (int)
                  IntStream.range(0, SAMPLES)
                      .filter(s -> z[2 * s + 1] > z[2 * s] == (s % 2 == 1))
                      .count();
        }
      }
      return right;
    }
  }

  /** A step down the logistic loss of output 1 less output 0, with momentum. */
  private static void descend(
      Compute compute, Encoder encoder, float[] flat, float[] slope, PointBatch batch) {
    try (Scope scope = new Scope(compute)) {
      Tensor parameters = scope.of(flat, flat.length);
      EncoderTrace trace = encoder.forward(scope, parameters, batch, true);
      float[] z = values(scope, trace.output());
      float[] dz = new float[z.length];
      for (int s = 0; s < SAMPLES; s++) {
        double p = 1 / (1 + Math.exp(z[2 * s] - z[2 * s + 1]));
        dz[2 * s + 1] = (float) (p - s % 2) / SAMPLES;
        dz[2 * s] = -dz[2 * s + 1];
      }
      Tensor gradients = scope.tensor(flat.length);
      encoder.backward(trace, scope.of(dz, SAMPLES, 2), parameters, gradients);
      float[] g = values(scope, gradients);
      for (int i = 0; i < encoder.layout().trainable(); i++) {
        slope[i] = 0.9f * slope[i] + g[i];
        flat[i] -= 0.1f * slope[i];
      }
    }
  }

  private static float[] values(Scope scope, Tensor tensor) {
    float[] values = new float[tensor.size()];
    scope.compute().download(tensor, values, 0);
    return values;
  }
}
