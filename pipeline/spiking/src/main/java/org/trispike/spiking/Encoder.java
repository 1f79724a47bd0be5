package org.trispike.spiking;

import org.trispike.kernels.PointBatch;
import org.trispike.kernels.Scope;
import org.trispike.kernels.Tensor;

/**
 * Point clouds to vectors: a network as a pure function of (parameters, batch), with a hand-written
 * backward pass. An encoder has no state and may be shared between threads; a {@link Scope} and its
 * compute may not.
 */
public interface Encoder {
  /** The part by which a step moves running statistics towards those of its batch. */
  float MOMENTUM = 0.01f;

  EncoderSpec spec();

  /** Where each parameter lies in the flat vector. */
  ParameterLayout layout();

  /** Fills {@code flat} [layout().size()] with initial values, a pure function of the seed. */
  default void initialize(float[] flat, long seed) {
    layout().checkLength(flat);
    Initialization.fill(layout(), flat, seed);
  }

  /**
   * Runs the encoder.
   *
   * @param scope owns all activations; the trace lives until it closes
   * @param parameters [layout().size()], on the scope's compute
   * @param batch at least one sample, each with at least one point; points in T windows of time are
   *     taken by encoders of voxels with T steps, each step its own
   * @param training whether norms use the batch's statistics and activations are kept for {@link
   *     #backward}; otherwise running statistics, and activations are given back on the way
   */
  EncoderTrace forward(Scope scope, Tensor parameters, PointBatch batch, boolean training);

  /**
   * The gradients of one training forward pass. May be called once a trace.
   *
   * @param trace of {@link #forward} with {@code training}, its scope still open
   * @param outputGradient [samples, outputWidth]; not changed
   * @param parameters as in the forward pass
   * @param gradients [layout().size()], overwritten; old − new for {@link Role#STATISTIC}
   */
  void backward(EncoderTrace trace, Tensor outputGradient, Tensor parameters, Tensor gradients);
}
