package org.trispike.spiking;

import org.trispike.kernels.Compute;
import org.trispike.kernels.Tensor;

/**
 * Batch normalisation over the rows of all samples and steps.
 *
 * <p>Training: y = γ (x − μ) / √(σ² + ε) + β with the batch's mean μ and biased variance σ²; the
 * running values move by new = 0.99 · old + 0.01 · batch, with the unbiased variance. Inference
 * uses the running values. Source: SVL §1.2 of its code (ε = 1e-3, momentum 0.01, torch's
 * convention).
 */
final class BatchNorm {
  static final float EPSILON = 1e-3f;

  private final int channels;
  private final ParameterLayout.Entry gamma;
  private final ParameterLayout.Entry beta;
  private final ParameterLayout.Running running;

  BatchNorm(ParameterLayout.Builder layout, String name, int channels) {
    this.channels = channels;
    gamma = layout.add(Role.BIAS, name + ".weight", channels);
    beta = layout.add(Role.BIAS, name + ".bias", channels);
    running = layout.addRunning(name, channels);
  }

  /** The batch's own statistics, or null for the running ones. */
  record Statistics(Tensor mean, Tensor variance) {}

  /** y = norm(x) (+ residual); y may be x or the residual. */
  Statistics forward(Pass pass, Tensor x, Tensor residual, Tensor y) {
    Statistics batch = null;
    Tensor mu = pass.weight(running.mean());
    Tensor var = pass.weight(running.variance());
    if (pass.training()) {
      mu = pass.scope().tensor(channels);
      var = pass.scope().tensor(channels);
      batch = new Statistics(mu, var);
      pass.compute().batchStatistics(x, mu, var);
    }
    pass.compute()
        .batchNorm(x, mu, var, EPSILON, pass.weight(gamma), pass.weight(beta), residual, y);
    return batch;
  }

  /** dx (may be dy), and the gradients of γ and β and of the running values. */
  void backward(Pass pass, Statistics batch, Tensor x, Tensor dy, Tensor dx) {
    pass.compute()
        .batchNormBackward(
            dy,
            x,
            batch.mean(),
            batch.variance(),
            EPSILON,
            pass.weight(gamma),
            dx,
            pass.gradient(gamma),
            pass.gradient(beta));
    int rows = x.rows();
    float unbiased = rows > 1 ? (float) rows / (rows - 1) : 1f;
    move(pass, running.mean(), batch.mean(), 1f);
    move(pass, running.variance(), batch.variance(), unbiased);
  }

  /** gradient = old − new = 0.01 · (old − factor · batch). */
  private static void move(Pass pass, ParameterLayout.Entry entry, Tensor batch, float factor) {
    Compute compute = pass.compute();
    Tensor gradient = pass.gradient(entry);
    compute.fill(gradient, 0f);
    compute.axpy(Encoder.MOMENTUM, pass.weight(entry), gradient);
    compute.axpy(-Encoder.MOMENTUM * factor, batch, gradient);
  }
}
