package org.trispike.spiking;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Int8Weights;
import org.trispike.kernels.PointBatch;
import org.trispike.kernels.Scope;
import org.trispike.kernels.Tensor;

/** A model on one compute: its parameters are there once, batches come and go. One thread. */
public final class InferenceRuntime implements AutoCloseable {
  /** Runs of which the best is told go on until none was better for so long ... */
  private static final long STEADY_NANOS = 700_000_000L;

  /** ... or until so long after the first, as kernels may be compiled late. */
  private static final long LONGEST_NANOS = 8_000_000_000L;

  /** What counts as better: a share of the time of all layers. */
  private static final double BETTER = 0.97;

  private final SpikingModel model;
  private final PathEncoder network;
  private final Scope resident;
  private final Tensor parameters;
  private final InferencePaths choice;
  private final LayerPaths paths;

  /**
   * @param choice of the paths of layers; null for the dense kernels and the weights as they are,
   *     which networks without integer spikes always have
   */
  InferenceRuntime(SpikingModel model, Compute compute, InferencePaths choice) {
    this.model = model;
    this.network = Encoders.folded(model.network());
    this.resident = new Scope(compute);
    this.choice = model.hasPaths() ? choice : null;
    boolean bytes = this.choice != null && choice.weights() == Weights.INT8;
    this.paths =
        this.choice == null
            ? null
            : new LayerPaths(choice, bytes ? rounded(model, network.layout()) : Map.of());
    boolean asTheyAre = paths == null || bytes;
    float[] flat = asTheyAre ? model.flat() : onGrid(model, network.layout());
    this.parameters = resident.of(flat, flat.length);
  }

  /** The parameters with the weights of all layers that see spikes on their grids. */
  private static float[] onGrid(SpikingModel model, ParameterLayout layout) {
    float[] flat = model.flat().clone();
    for (ParameterSpec spec : layout.seeingSpikes()) {
      float[] weights = spec.of(flat);
      WeightGrid.snap(weights, spec.shape()[2], model.network().neuron().levels());
      System.arraycopy(weights, 0, flat, spec.offset(), weights.length);
    }
    return flat;
  }

  /** The weights of all layers that see spikes, in 8 bits, by the names of the layers. */
  private static Map<String, Int8Weights> rounded(SpikingModel model, ParameterLayout layout) {
    Map<String, Int8Weights> rounded = new HashMap<>();
    for (ParameterSpec spec : layout.seeingSpikes()) {
      int[] shape = spec.shape();
      rounded.put(
          ConvLayer.nameOf(spec),
          Int8Weights.of(spec.of(model.flat()), shape[0], shape[1], shape[2]));
    }
    return rounded;
  }

  public SpikingModel model() {
    return model;
  }

  /** Whether its layers that see spikes choose a path; otherwise all go by the dense kernels. */
  public boolean hasPaths() {
    return paths != null;
  }

  /** Logits, features and what each layer received, of one batch. */
  public Inference run(PointBatch batch) {
    return run(batch, paths);
  }

  private Inference run(PointBatch batch, LayerPaths by) {
    Compute compute = resident.compute();
    try (Scope scope = new Scope(compute)) {
      EncoderTrace trace = network.forward(scope, parameters, batch, false, by);
      if (by != null) {
        by.seen(compute, batch.samples());
      }
      return new Inference(
          Vectors.rows(download(compute, trace.output()), batch.samples()),
          Vectors.rows(download(compute, trace.pooled()), batch.samples()),
          trace.activities());
    }
  }

  /** [samples][classes] W_j · z: for arg-max; |z| is not divided out. */
  public float[][] logits(PointBatch batch) {
    return run(batch).logits();
  }

  /** [samples][C4] pooled membranes, which {@link Alignment#embed} takes to the shared space. */
  public float[][] features(PointBatch batch) {
    return run(batch).features();
  }

  /**
   * The {@code top} best classes of one shape, best first.
   *
   * @param views the shape once, or several times as turned copies, whose scores are averaged
   */
  public List<Ranked> classify(PointBatch views, int top) {
    return rank(run(views), top);
  }

  /**
   * The {@code top} best classes of the one shape whose views {@link #run} has seen, best first; as
   * {@link #classify}, for callers that need more of the inference.
   */
  public List<Ranked> rank(Inference views, int top) {
    return Ranking.of(model, views.logits(), views.features(), top);
  }

  /**
   * What each layer that sees spikes would do on clouds like this one: runs it many times by either
   * path. Empty where the model has no paths to choose from, as with weights of 8 bits.
   */
  public List<PathChoice> explain(PointBatch cloud) {
    if (choice == null || choice.weights() == Weights.INT8) {
      return List.of();
    }
    Map<String, LayerPaths.Layer> integer =
        repeated(cloud, InferencePaths.always(SpikePath.INTEGER));
    Map<String, LayerPaths.Layer> event = repeated(cloud, InferencePaths.always(SpikePath.EVENT));
    BreakEven breakEven =
        choice.forced().isPresent() ? (c, shape) -> Double.NaN : choice.breakEven();
    List<PathChoice> choices = new ArrayList<>();
    // Last, when both kernels are compiled: what is measured before that says little.
    Map<String, LayerPaths.Layer> chosen = repeated(cloud, InferencePaths.below(breakEven));
    chosen.forEach(
        (name, layer) ->
            choices.add(
                new PathChoice(
                    name,
                    layer.shape(),
                    layer.share(),
                    breakEven.of(resident.compute(), layer.shape()),
                    choice.forced().orElse(layer.path()),
                    integer.get(name).bestMillis(),
                    event.get(name).bestMillis())));
    return choices;
  }

  /** Runs the network until its layers get no faster. */
  private Map<String, LayerPaths.Layer> repeated(PointBatch cloud, InferencePaths by) {
    LayerPaths watched = new LayerPaths(by, Map.of());
    long began = System.nanoTime();
    long better = began;
    double best = Double.MAX_VALUE;
    for (long now = began;
        now - better < STEADY_NANOS && now - began < LONGEST_NANOS;
        now = System.nanoTime()) {
      run(cloud, watched);
      double all =
          watched.layers().values().stream().mapToDouble(LayerPaths.Layer::bestMillis).sum();
      if (all < BETTER * best) {
        best = all;
        better = System.nanoTime();
      }
    }
    return watched.layers();
  }

  private static float[] download(Compute compute, Tensor tensor) {
    float[] values = new float[tensor.size()];
    compute.download(tensor, values, 0);
    return values;
  }

  /** Gives the parameters back to the compute, which stays open. */
  @Override
  public void close() {
    resident.close();
  }
}
