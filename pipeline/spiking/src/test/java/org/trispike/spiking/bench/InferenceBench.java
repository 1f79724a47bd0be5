package org.trispike.spiking.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;
import org.trispike.kernels.KeyedRandom;
import org.trispike.kernels.PointBatch;
import org.trispike.kernels.VoxelPyramid;
import org.trispike.kernels.io.FloatArray;
import org.trispike.spiking.Alignment;
import org.trispike.spiking.Encoder;
import org.trispike.spiking.EncoderSpec;
import org.trispike.spiking.Encoders;
import org.trispike.spiking.InferencePaths;
import org.trispike.spiking.InferenceRuntime;
import org.trispike.spiking.ModelClass;
import org.trispike.spiking.ModelPreprocessing;
import org.trispike.spiking.ParameterSpec;
import org.trispike.spiking.PathChoice;
import org.trispike.spiking.RepVli;
import org.trispike.spiking.SpikePath;
import org.trispike.spiking.SpikingModel;

/**
 * Latency of one cloud at a time, from points to logits on one core, by each path in turn, and
 * throughput of batches on two threads.
 *
 * <p>Arguments: a model folder, or e3dsnn-t, -s or -l for random weights whose norms keep the rates
 * of a trained network; and a .npy file of clouds [n, 10000, 6], without which surfaces are made.
 * Paths take turns cloud by cloud, so that whatever disturbs the machine disturbs all of them.
 */
public final class InferenceBench {
  private static final int POINTS = 10_000;
  private static final int NPY_HEADER = 128;
  private static final int CLOUDS = 32;
  private static final int ROUNDS = 3;
  private static final int BATCH = 16;

  private InferenceBench() {}

  public static void main(String[] args) throws IOException {
    SpikingModel model = model(args[0]);
    PointBatch[] clouds = new PointBatch[CLOUDS];
    for (int i = 0; i < CLOUDS; i++) {
      clouds[i] = args.length > 1 ? npy(Path.of(args[1]), i, 1) : surfaces(i, 1);
    }
    try (Compute compute = Computes.cpu(1)) {
      print("%s, %s", args[0], compute.description());
      latency(model, compute, clouds);
      explain(model, compute, clouds[0]);
    }
    try (Compute compute = Computes.cpu(2)) {
      PointBatch batch = args.length > 1 ? npy(Path.of(args[1]), 0, BATCH) : surfaces(1, BATCH);
      throughput(model, compute, batch);
    }
  }

  private static final List<String> NAMES =
      List.of("weights as they are", "integer", "binary", "event", "chosen");

  private static InferenceRuntime[] runtimes(SpikingModel model, Compute compute) {
    return new InferenceRuntime[] {
      model.open(compute),
      model.open(compute, InferencePaths.always(SpikePath.INTEGER)),
      model.open(compute, InferencePaths.always(SpikePath.BINARY)),
      model.open(compute, InferencePaths.always(SpikePath.EVENT)),
      model.open(compute, InferencePaths.calibrated()),
    };
  }

  private static void latency(SpikingModel model, Compute compute, PointBatch[] clouds) {
    InferenceRuntime[] runtimes = runtimes(model, compute);
    double[][] millis = new double[runtimes.length + 1][CLOUDS * ROUNDS];
    int agree = 0;
    for (int round = -2; round < ROUNDS; round++) {
      for (int i = 0; i < CLOUDS; i++) {
        float[][][] logits = new float[runtimes.length][][];
        for (int r = 0; r < runtimes.length; r++) {
          long begin = System.nanoTime();
          logits[r] = runtimes[r].logits(clouds[i]);
          note(millis[r], round, i, begin);
        }
        long begin = System.nanoTime();
        VoxelPyramid.build(clouds[i], model.network().voxels(), 5);
        note(millis[runtimes.length], round, i, begin);
        for (int r = 2; r < runtimes.length; r++) {
          if (!Arrays.deepEquals(logits[r], logits[1])) {
            throw new IllegalStateException("Path " + NAMES.get(r) + " gives other logits");
          }
        }
        agree += round == 0 && argMax(logits[0][0]) == argMax(logits[1][0]) ? 1 : 0;
      }
    }
    for (double[] times : millis) {
      Arrays.sort(times);
    }
    double base = median(millis[0]);
    for (int r = 0; r < runtimes.length; r++) {
      row(NAMES.get(r), millis[r], base);
    }
    row("of it voxels and rulebooks", millis[runtimes.length], base);
    print("arg-max as without the grid: %d of %d clouds", agree, CLOUDS);
  }

  private static void note(double[] millis, int round, int cloud, long begin) {
    if (round >= 0) {
      millis[round * CLOUDS + cloud] = (System.nanoTime() - begin) * 1e-6;
    }
  }

  private static double median(double[] sorted) {
    return sorted[sorted.length / 2];
  }

  private static void row(String name, double[] sorted, double base) {
    print(
        "%-28s median %7.2f ms, p95 %7.2f ms, %5.2f times as fast",
        name, median(sorted), sorted[sorted.length * 95 / 100], base / median(sorted));
  }

  private static void explain(SpikingModel model, Compute compute, PointBatch cloud) {
    try (InferenceRuntime runtime = model.open(compute, InferencePaths.calibrated())) {
      for (PathChoice choice : runtime.explain(cloud)) {
        print("%s", choice.toText());
      }
    }
  }

  private static void throughput(SpikingModel model, Compute compute, PointBatch batch) {
    InferenceRuntime[] runtimes = runtimes(model, compute);
    double[][] seconds = new double[runtimes.length][12];
    for (int round = -4; round < 12; round++) {
      for (int r = 0; r < runtimes.length; r++) {
        long begin = System.nanoTime();
        runtimes[r].logits(batch);
        if (round >= 0) {
          seconds[r][round] = (System.nanoTime() - begin) * 1e-9;
        }
      }
    }
    print("%s, batches of %d", compute.description(), BATCH);
    for (int r = 0; r < runtimes.length; r++) {
      Arrays.sort(seconds[r]);
      Arrays.sort(seconds[0]);
      print(
          "%-28s %7.1f clouds/s, %5.2f times as many",
          NAMES.get(r), BATCH / median(seconds[r]), median(seconds[0]) / median(seconds[r]));
    }
  }

  private static int argMax(float[] values) {
    int best = 0;
    for (int k = 1; k < values.length; k++) {
      best = values[k] > values[best] ? k : best;
    }
    return best;
  }

  private static SpikingModel model(String name) throws IOException {
    if (!Encoders.names().contains(name)) {
      return SpikingModel.read(Path.of(name));
    }
    Encoder encoder = Encoders.create(EncoderSpec.standard(name, 4));
    float[] parameters = new float[encoder.layout().size()];
    for (ParameterSpec spec : encoder.layout().parameters()) {
      KeyedRandom random = KeyedRandom.of(1, KeyedRandom.hash(spec.name()));
      for (int i = spec.offset(); i < spec.offset() + spec.size(); i++) {
        parameters[i] =
            switch (spec.role()) {
              case WEIGHT -> (float) (random.nextGaussian() / Math.sqrt(3.0 * spec.shape()[1]));
              // A quarter of the channels and more fires, as in trained networks.
              case BIAS -> spec.name().endsWith(".norm.weight") ? 1f : random.uniform(-1, 1);
              case STATISTIC -> spec.name().endsWith(".variance") ? 1f : 0f;
            };
      }
    }
    FloatArray identity = new FloatArray(new int[] {4, 1}, new float[] {1, 1, 1, 1});
    Alignment alignment =
        Alignment.of(encoder, parameters, identity, new float[4], identity, new float[4], 10);
    return RepVli.fold(
        encoder,
        parameters,
        alignment,
        List.of(new ModelClass("one", List.of())),
        List.of(new float[] {1}),
        new ModelPreprocessing(POINTS, true, "auto", 0.4f, 1),
        null,
        Map.of());
  }

  private static PointBatch surfaces(long key, int samples) {
    float[] xyz = new float[3 * samples * POINTS];
    float[] rgb = new float[xyz.length];
    for (int s = 0; s < samples; s++) {
      KeyedRandom random = KeyedRandom.of(key, s);
      double[] axes = {random.uniform(0.15, 0.7), random.uniform(0.15, 0.7), 0.7};
      for (int p = s * POINTS; p < (s + 1) * POINTS; p++) {
        double[] u = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
        double length = Math.sqrt(u[0] * u[0] + u[1] * u[1] + u[2] * u[2]);
        for (int d = 0; d < 3; d++) {
          xyz[3 * p + d] = (float) (u[d] / length * axes[d]);
          rgb[3 * p + d] = random.nextFloat();
        }
      }
    }
    return batch(xyz, rgb, samples);
  }

  private static PointBatch npy(Path file, int index, int samples) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(samples * POINTS * 24).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(file)) {
      // Clouds from all over the file, which may be sorted.
      long shapes = (channel.size() - NPY_HEADER) / (POINTS * 24L);
      long first = (shapes - samples) * index / CLOUDS;
      channel.position(NPY_HEADER + first * POINTS * 24);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
    }
    bytes.flip();
    float[] xyz = new float[3 * samples * POINTS];
    float[] rgb = new float[xyz.length];
    for (int p = 0; p < samples * POINTS; p++) {
      for (int d = 0; d < 6; d++) {
        (d < 3 ? xyz : rgb)[3 * p + d % 3] = bytes.getFloat();
      }
    }
    return batch(xyz, rgb, samples);
  }

  private static PointBatch batch(float[] xyz, float[] rgb, int samples) {
    int[] offsets = new int[samples + 1];
    Arrays.setAll(offsets, s -> s * POINTS);
    return new PointBatch(offsets, xyz, rgb);
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }
}
