package org.trispike.training.graph;

import java.util.List;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.trispike.kernels.Compute;
import org.trispike.kernels.PointBatch;
import org.trispike.kernels.Scope;
import org.trispike.kernels.Tensor;
import org.trispike.spiking.Encoder;
import org.trispike.spiking.EncoderTrace;
import org.trispike.spiking.Encoders;
import org.trispike.spiking.LayerActivity;
import org.trispike.spiking.ParameterLayout;
import org.trispike.spiking.Role;
import org.trispike.training.averaging.Figures;
import org.trispike.training.averaging.NdArrays;
import org.trispike.training.averaging.NormRange;
import org.trispike.training.averaging.Normalised;
import org.trispike.training.averaging.Observed;
import org.trispike.training.device.Device;
import org.trispike.training.device.Devices;

/**
 * Runs an {@link Encoder} inside a graph. Parameters and gradients are copied between ND4J's memory
 * and the compute's, once a step each; activations live in the compute alone, until the backward
 * pass or the next forward pass.
 */
final class EncoderVertexImpl extends OwnVertexImpl implements Observed, Normalised, AutoCloseable {
  private static final long serialVersionUID = 1L;
  private static final int COLUMNS = 6;

  /** A step of training moves running statistics by one part of so many towards its batch's. */
  private static final int BATCHES = Math.round(1 / Encoder.MOMENTUM);

  private final transient Encoder encoder;
  private final Device.Kind kind;
  private final int threads;
  private transient Device device;
  private transient Compute compute;
  private transient Tensor parameters;
  private transient Tensor gradients;
  private transient float[] host;
  private transient Scope scope;
  private transient EncoderTrace trace;
  private transient long rows;
  private transient boolean closely;
  private transient Figures figures = new Figures();

  EncoderVertexImpl(
      EncoderVertex configuration,
      ComputationGraph graph,
      String name,
      int index,
      INDArray paramsView,
      boolean initialize,
      DataType type,
      String encoder,
      Device.Kind kind,
      int threads) {
    super(configuration, graph, name, index, paramsView, initialize, type);
    this.encoder = Encoders.create(EncoderSpecs.parse(encoder));
    this.kind = kind;
    this.threads = threads;
  }

  /** A graph serves one task after the other, and Spark may give the next another GPU. */
  private void open() {
    Device now = Devices.ofTask(kind);
    if (!now.equals(device)) {
      close();
    }
    if (compute == null) {
      int size = encoder.layout().size();
      compute = Devices.open(now, threads);
      device = now;
      parameters = compute.allocate(size);
      gradients = compute.allocate(size);
      host = new float[size];
    }
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    open();
    endPass();
    figures = new Figures();
    PointBatch batch = batch(inputs[0], inputs[1]);
    NdArrays.read(flatParams(), host);
    long begin = System.nanoTime();
    compute.upload(host, 0, parameters);
    scope = new Scope(compute);
    trace = encoder.forward(scope, parameters, batch, training);
    float[] output = new float[trace.output().size()];
    compute.download(trace.output(), output, 0);
    figures.add("nanos.compute", System.nanoTime() - begin);
    rows = trace.sites();
    figures.add("sites", rows);
    if (training && closely) {
      rates();
    }
    INDArray result =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS,
            dataType,
            new long[] {batch.samples(), encoder.spec().outputWidth()},
            'c');
    NdArrays.write(output, result);
    if (!training) {
      endPass();
    }
    return result;
  }

  static PointBatch batch(INDArray points, INDArray offsets) {
    float[] values = NdArrays.floats(points);
    int count = values.length / COLUMNS;
    float[] xyz = new float[3 * count];
    float[] rgb = new float[3 * count];
    for (int i = 0; i < count; i++) {
      System.arraycopy(values, COLUMNS * i, xyz, 3 * i, 3);
      System.arraycopy(values, COLUMNS * i + 3, rgb, 3 * i, 3);
    }
    return new PointBatch(offsets.toIntVector(), xyz, rgb);
  }

  private void rates() {
    for (LayerActivity layer : trace.activities()) {
      if (!layer.realValuedInput()) {
        figures.add("rate." + layer.name(), layer.rate(), layer.inputs());
      }
    }
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
    if (trace == null) {
      throw new IllegalStateException("A backward pass needs a forward pass in training mode");
    }
    Tensor outputGradient = scope.of(NdArrays.floats(epsilon), trace.output().shape());
    long begin = System.nanoTime();
    encoder.backward(trace, outputGradient, parameters, gradients);
    compute.download(gradients, host, 0);
    figures.add("nanos.compute", System.nanoTime() - begin);
    settle(graph.getIterationCount());
    NdArrays.write(host, flatGradients());
    if (closely) {
      norm(Math.toIntExact(epsilon.size(0)));
    }
    endPass();
    return Pair.of(gradient(), new INDArray[] {null, null});
  }

  /**
   * Lets the running statistics be the mean over the batches so far, as long as those are fewer
   * than {@link #BATCHES}: they begin at 0 and 1, of which a move by a hundredth leaves more than a
   * third after so many steps, and a network that was trained for fewer fires nowhere with them.
   */
  private void settle(int iteration) {
    if (iteration + 1 >= BATCHES) {
      return;
    }
    float factor = (float) BATCHES / (iteration + 1);
    ParameterLayout layout = encoder.layout();
    int from = layout.start(Role.STATISTIC);
    for (int i = from; i < from + layout.size(Role.STATISTIC); i++) {
      host[i] *= factor;
    }
  }

  /** Length of the gradient of the mean loss, by what is trained. */
  private void norm(int samples) {
    ParameterLayout layout = encoder.layout();
    double sum = 0;
    for (int i = 0; i < layout.start(Role.STATISTIC); i++) {
      sum += (double) host[i] * host[i];
    }
    figures.add("gradient-norm", Math.sqrt(sum) / samples);
  }

  private void endPass() {
    if (scope != null) {
      scope.close();
    }
    scope = null;
    trace = null;
  }

  @Override
  public boolean updaterDivideByMinibatch(String paramName) {
    return !paramName.equals(EncoderVertex.STATISTICS);
  }

  @Override
  public void watch(boolean closer) {
    closely = closer;
  }

  @Override
  public void report(Figures target) {
    target.merge(figures);
  }

  @Override
  public List<NormRange> norms() {
    // The vertex has its parameters in the order of the encoder's layout.
    return encoder.layout().norms().stream()
        .map(n -> new NormRange(n.mean().offset(), n.variance().offset(), n.mean().size()))
        .toList();
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public void close() {
    if (compute != null) {
      endPass();
      compute.release(parameters);
      compute.release(gradients);
      compute.close();
      compute = null;
    }
  }
}
