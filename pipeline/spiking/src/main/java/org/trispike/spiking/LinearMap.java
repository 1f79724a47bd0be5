package org.trispike.spiking;

import org.trispike.kernels.Compute;
import org.trispike.kernels.Tensor;

/** y = x · Wᵀ + b, with W [out, in]: the last map of a network, behind its pooling. */
final class LinearMap {
  private final int in;
  private final int out;
  private final ParameterLayout.Entry weight;
  private final ParameterLayout.Entry bias;

  LinearMap(ParameterLayout.Builder layout, String name, int in, int out) {
    this.in = in;
    this.out = out;
    weight = layout.add(Role.WEIGHT, name + ".weight", out, in);
    bias = layout.add(Role.BIAS, name + ".bias", out);
  }

  /** Multiply-accumulates of {@code rows} rows. */
  long macs(int rows) {
    return (long) rows * in * out;
  }

  Tensor forward(Pass pass, Tensor x) {
    Tensor y = pass.scope().tensor(x.rows(), out);
    // A model without classes has a head without rows.
    if (out > 0) {
      pass.compute().gemm(false, true, x, pass.weight(weight), 0f, y);
      pass.compute().addBias(y, pass.weight(bias));
    }
    return y;
  }

  /** The gradient of x; dy is not changed. */
  Tensor backward(Pass pass, Tensor x, Tensor dy) {
    Compute compute = pass.compute();
    compute.gemm(true, false, dy, x, 0f, pass.gradient(weight));
    compute.sumRows(dy, 0f, pass.gradient(bias));
    Tensor dx = pass.scope().tensor(x.shape());
    compute.gemm(false, false, dy, pass.weight(weight), 0f, dx);
    return dx;
  }
}
