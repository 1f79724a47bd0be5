package org.trispike.training.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.trispike.kernels.KeyedRandom;
import org.trispike.kernels.PointBatch;
import org.trispike.spiking.EncoderSpec;
import org.trispike.training.align.AlignmentSpec;
import org.trispike.training.draw.Minibatch;
import org.trispike.training.graph.AlignmentGraph;
import org.trispike.training.graph.GraphSpec;
import org.trispike.training.graph.OptimizerSpec;
import org.trispike.training.graph.ProjectionStart;
import org.trispike.training.graph.WarmupCosine;

/**
 * Times whole training steps on one core: voxels, rulebooks, forward, loss, backward and update, by
 * the graph that pretraining uses, with a width of 1280 as in SVL. Each step has another batch.
 *
 * <p>Arguments: encoder, steps, and a .npy file of float32 clouds [n, 10000, 6]; without the file,
 * coloured ellipsoids. Run with the test class path and {@code --add-modules jdk.incubator.vector}.
 */
public final class StepBench {
  private static final int WIDTH = 1280;
  private static final int SAMPLES = 16;
  private static final int POINTS = 10_000;
  private static final int BATCHES = 6;
  private static final int NPY_HEADER = 128;

  private StepBench() {}

  public static void main(String[] args) throws IOException {
    String encoder = args.length > 0 ? args[0] : "e3dsnn-t";
    int steps = args.length > 1 ? Integer.parseInt(args[1]) : 40;
    List<Minibatch> batches = new ArrayList<>();
    for (int b = 0; b < BATCHES; b++) {
      batches.add(batch(args.length > 2 ? npy(Path.of(args[2]), b) : ellipsoids(b), b));
    }
    ComputationGraph graph = AlignmentGraph.create(spec(encoder));
    double[] millis = new double[steps];
    // The first steps are compiled while they run.
    for (int step = -2 * BATCHES; step < steps; step++) {
      long begin = System.nanoTime();
      graph.fit(batches.get(Math.floorMod(step, BATCHES)).toMultiDataSet());
      if (step >= 0) {
        millis[step] = (System.nanoTime() - begin) * 1e-6 / SAMPLES;
      }
    }
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "%s, one thread: a training step takes %.2f / %.2f ms a sample (best / median of %d)%n",
        encoder,
        millis[0],
        millis[steps / 2],
        steps);
  }

  private static GraphSpec spec(String encoder) {
    return new GraphSpec(
        EncoderSpec.standard(encoder, WIDTH),
        WIDTH,
        ProjectionStart.RANDOM,
        AlignmentSpec.standard(),
        new OptimizerSpec(new WarmupCosine(1e-6, 2e-3, 1e-5, 100, 10_000), 0.9, 0.98, 1e-8, 1e-4),
        1,
        1);
  }

  private static Minibatch batch(PointBatch points, long key) {
    KeyedRandom random = KeyedRandom.of(key, 2);
    float[] text = new float[SAMPLES * WIDTH];
    float[] image = new float[SAMPLES * WIDTH];
    for (int i = 0; i < text.length; i++) {
      text[i] = (float) random.nextGaussian();
      image[i] = (float) random.nextGaussian();
    }
    float[] has = new float[2 * SAMPLES];
    Arrays.fill(has, 1);
    return new Minibatch(points, text, image, has);
  }

  private static PointBatch ellipsoids(long key) {
    float[] xyz = new float[3 * SAMPLES * POINTS];
    float[] rgb = new float[xyz.length];
    for (int s = 0; s < SAMPLES; s++) {
      KeyedRandom random = KeyedRandom.of(key, 1, s);
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
    return new PointBatch(offsets(), xyz, rgb);
  }

  private static PointBatch npy(Path file, int batch) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(SAMPLES * POINTS * 24).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(file)) {
      // Batches from all over the file, which may be sorted.
      long shapes = (channel.size() - NPY_HEADER) / (POINTS * 24L);
      long first = (shapes - SAMPLES) * batch / (BATCHES - 1);
      channel.position(NPY_HEADER + first * POINTS * 24);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
    }
    bytes.flip();
    float[] xyz = new float[3 * SAMPLES * POINTS];
    float[] rgb = new float[xyz.length];
    for (int p = 0; p < SAMPLES * POINTS; p++) {
      for (int d = 0; d < 6; d++) {
        (d < 3 ? xyz : rgb)[3 * p + d % 3] = bytes.getFloat();
      }
    }
    return new PointBatch(offsets(), xyz, rgb);
  }

  private static int[] offsets() {
    int[] offsets = new int[SAMPLES + 1];
    for (int s = 0; s <= SAMPLES; s++) {
      offsets[s] = s * POINTS;
    }
    return offsets;
  }
}
