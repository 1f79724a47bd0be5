package org.trispike.spiking;

import org.trispike.kernels.Compute;
import org.trispike.kernels.Tensor;

/**
 * What follows a linear map, column by column: a bias, a norm or both, and the addition of a
 * membrane shortcut. In its folded form it is a bias, added once a real step, which is what makes
 * integer spikes equal to their binary expansion.
 */
final class Ending {
  /** What a trainable one has. */
  enum Kind {
    NORM,
    BIAS,
    BIAS_AND_NORM
  }

  private final ParameterLayout.Entry bias;
  private final BatchNorm norm;

  /**
   * @param name of the layer
   */
  Ending(ParameterLayout.Builder layout, Form form, String name, int columns, Kind kind) {
    boolean folded = form == Form.FOLDED;
    bias = folded || kind != Kind.NORM ? layout.add(Role.BIAS, name + ".conv.bias", columns) : null;
    norm = folded || kind == Kind.BIAS ? null : new BatchNorm(layout, name + ".norm", columns);
  }

  /**
   * What one forward pass made.
   *
   * @param output membranes
   * @param raw what the norm saw, null without one or after inference
   */
  record Kept(Tensor output, Tensor raw, BatchNorm.Statistics statistics) {}

  /** Uses up {@code raw}, the result of the map; the residual may be null and is not changed. */
  Kept forward(Pass pass, Tensor raw, Tensor residual) {
    if (bias != null) {
      pass.compute().addBias(raw, pass.weight(bias));
    }
    if (norm != null && pass.training()) {
      Tensor y = pass.scope().tensor(raw.shape());
      return new Kept(y, raw, norm.forward(pass, raw, residual, y));
    }
    if (norm != null) {
      norm.forward(pass, raw, residual, raw);
    } else if (residual != null) {
      pass.compute().add(raw, residual, raw);
    }
    return new Kept(raw, null, null);
  }

  /**
   * The gradient of the map's result: dy itself, where there is no norm or dy need not be kept.
   *
   * @param keep whether dy is read again, as the gradient of the shortcut
   */
  Tensor backward(Pass pass, Kept kept, Tensor dy, boolean keep) {
    Compute compute = pass.compute();
    if (norm == null) {
      compute.sumRows(dy, 0f, pass.gradient(bias));
      return dy;
    }
    // A bias in front of a norm is undone by it: its gradient stays 0.
    Tensor raw = keep ? pass.scope().tensor(dy.shape()) : dy;
    norm.backward(pass, kept.statistics(), kept.raw(), dy, raw);
    return raw;
  }
}
