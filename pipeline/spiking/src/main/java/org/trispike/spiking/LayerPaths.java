package org.trispike.spiking;

import java.util.LinkedHashMap;
import java.util.Map;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Int8Weights;
import org.trispike.kernels.Neuron;
import org.trispike.kernels.Rulebook;
import org.trispike.kernels.Tensor;

/**
 * The paths of the layers of one runtime. Where they are not forced, the first clouds go by
 * integers while it is counted what fires; then each layer's path is settled.
 */
final class LayerPaths {
  /** Clouds whose rates settle the paths. */
  static final int WATCHED = 8;

  private final InferencePaths choice;
  private final Map<String, Int8Weights> bytes;
  private final Map<String, Layer> layers = new LinkedHashMap<>();
  private int clouds;

  /** What is known of one layer. */
  static final class Layer {
    private ConvShape shape;
    private long active;
    private long inputs;
    private SpikePath path = SpikePath.INTEGER;
    private long bestNanos = Long.MAX_VALUE;

    /** Share of the inputs that fired, as far as it was counted. */
    double share() {
      return inputs == 0 ? 0 : (double) active / inputs;
    }

    ConvShape shape() {
      return shape;
    }

    SpikePath path() {
      return path;
    }

    double bestMillis() {
      return bestNanos * 1e-6;
    }
  }

  /**
   * @param bytes weights of 8 bits by layer, where those take the place of the parameters
   */
  LayerPaths(InferencePaths choice, Map<String, Int8Weights> bytes) {
    this.choice = choice;
    this.bytes = bytes;
  }

  /**
   * Whether layers of this network see integers that single precision scales exactly; others stay
   * with the dense kernels and their weights as they are.
   */
  static boolean suit(EncoderSpec spec) {
    Neuron neuron = spec.neuron();
    return spec.spiking()
        && neuron.rounding() != Neuron.Rounding.NONE
        && (!neuron.normalised() || Integer.bitCount(neuron.levels()) == 1);
  }

  Map<String, Layer> layers() {
    return layers;
  }

  /** y = convolution of the spikes s by the layer's path. */
  void convolve(Pass pass, String name, Tensor s, Tensor weights, Rulebook rulebook, Tensor y) {
    Compute compute = pass.compute();
    if (bytes.containsKey(name)) {
      compute.int8Conv(s, bytes.get(name), rulebook, y);
      return;
    }
    Layer layer = layers.computeIfAbsent(name, key -> new Layer());
    if (choice.forced().isEmpty() && clouds < WATCHED) {
      layer.active += compute.active(s);
      layer.inputs += s.size();
      layer.shape = ConvShape.of(rulebook.offsets(), s.columns(), y.columns(), rulebook.outRows());
    }
    long start = System.nanoTime();
    switch (choice.forced().orElse(layer.path)) {
      case INTEGER -> compute.sparseConv(s, weights, rulebook, y);
      case BINARY -> slots(pass, s, weights, rulebook, y);
      case EVENT -> compute.spikeConv(s, weights, rulebook, y);
    }
    layer.bestNanos = Math.min(layer.bestNanos, System.nanoTime() - start);
  }

  /** Slot by slot, the T steps at once. */
  private static void slots(Pass pass, Tensor s, Tensor weights, Rulebook rulebook, Tensor y) {
    Neuron neuron = pass.spec().neuron();
    Compute compute = pass.compute();
    Tensor slot = pass.scope().tensor(s.shape());
    Tensor part = pass.scope().tensor(y.shape());
    compute.fill(y, 0f);
    for (int level = 0; level < neuron.levels(); level++) {
      compute.spikesAbove(level * neuron.scale(), neuron.scale(), s, slot);
      compute.sparseConv(slot, weights, rulebook, part);
      compute.add(y, part, y);
    }
    pass.scope().release(part);
    pass.scope().release(slot);
  }

  /** Notes that {@code samples} clouds went through, and settles the paths when enough have. */
  void seen(Compute compute, int samples) {
    boolean watching = clouds < WATCHED;
    clouds = Math.min(WATCHED, clouds + samples);
    if (watching && clouds == WATCHED && choice.forced().isEmpty()) {
      for (Layer layer : layers.values()) {
        boolean seldom = layer.share() < choice.breakEven().of(compute, layer.shape);
        layer.path = seldom ? SpikePath.EVENT : SpikePath.INTEGER;
      }
    }
  }
}
