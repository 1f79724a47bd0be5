package org.trispike.spiking;

import java.util.List;
import org.trispike.kernels.Compute;
import org.trispike.kernels.PointBatch;
import org.trispike.kernels.Scope;
import org.trispike.kernels.Tensor;

/** A model on one compute: its parameters are there once, batches come and go. One thread. */
public final class InferenceRuntime implements AutoCloseable {
  private final SpikingModel model;
  private final Encoder network;
  private final Scope resident;
  private final Tensor parameters;

  InferenceRuntime(SpikingModel model, Compute compute) {
    this.model = model;
    this.network = Encoders.folded(model.network());
    this.resident = new Scope(compute);
    this.parameters = resident.of(model.flat(), model.flat().length);
  }

  public SpikingModel model() {
    return model;
  }

  /** Logits, features and what each layer received, of one batch. */
  public Inference run(PointBatch batch) {
    Compute compute = resident.compute();
    try (Scope scope = new Scope(compute)) {
      EncoderTrace trace = network.forward(scope, parameters, batch, false);
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
