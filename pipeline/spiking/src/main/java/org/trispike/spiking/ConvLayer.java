package org.trispike.spiking;

import org.trispike.kernels.Compute;
import org.trispike.kernels.Neuron;
import org.trispike.kernels.Rulebook;
import org.trispike.kernels.Tensor;

/**
 * The one building block of the encoder: activation, sparse convolution, norm, and the addition of
 * a membrane shortcut: y = BN(conv(act(x))) (+ residual).
 *
 * <p>In its folded form the norm is gone into the weights and a bias: y = conv(act(x)) + b (+
 * residual). The bias is added once a real step, which is what makes the integer spikes equal to
 * their binary expansion.
 */
final class ConvLayer {
  private final String name;
  private final int in;
  private final int out;
  private final boolean activated;
  private final ParameterLayout.Entry weight;
  private final BatchNorm norm;
  private final ParameterLayout.Entry bias;

  /**
   * @param offsets kernel offsets, 27 or 8; 1 for a linear map
   * @param activated whether an activation stands in front; the very first layer has none
   */
  ConvLayer(
      ParameterLayout.Builder layout,
      Form form,
      String name,
      int in,
      int out,
      int offsets,
      boolean activated) {
    this.name = name;
    this.in = in;
    this.out = out;
    this.activated = activated;
    weight = layout.add(Role.WEIGHT, name + ".conv.weight", offsets, in, out);
    boolean folded = form == Form.FOLDED;
    norm = folded ? null : new BatchNorm(layout, name + ".norm", out);
    bias = folded ? layout.add(Role.BIAS, name + ".conv.bias", out) : null;
  }

  /**
   * What one forward pass made. All but the output is null after inference.
   *
   * @param output membranes [rows, out]
   * @param membrane what the activation saw
   * @param input what the convolution saw
   * @param raw what the norm saw
   */
  record Kept(
      Tensor output,
      Tensor membrane,
      Tensor input,
      Tensor raw,
      BatchNorm.Statistics statistics,
      Rulebook rulebook) {}

  /** Runs the layer on x [steps · inRows, in]; x and the residual (may be null) are not changed. */
  Kept forward(Pass pass, Tensor x, Rulebook rulebook, Tensor residual) {
    Compute compute = pass.compute();
    Tensor membrane = x;
    Tensor input = x;
    long macs = (long) rulebook.pairs() * in * out;
    if (activated) {
      input = pass.scope().tensor(x.rows(), in);
      membrane = activate(pass, x, input);
      pass.log().activated(pass, name, macs, input);
    } else {
      pass.log().real(name, macs, x.size());
    }
    int slabs = x.rows() / rulebook.inRows();
    Tensor raw = pass.scope().tensor(slabs * rulebook.outRows(), out);
    if (activated && pass.paths() != null) {
      pass.paths().convolve(pass, name, input, pass.weight(weight), rulebook, raw);
    } else {
      compute.sparseConv(input, pass.weight(weight), rulebook, raw);
    }
    if (pass.training()) {
      Tensor y = pass.scope().tensor(raw.rows(), out);
      BatchNorm.Statistics statistics = norm.forward(pass, raw, residual, y);
      return new Kept(y, membrane, input, raw, statistics, rulebook);
    }
    if (activated) {
      pass.scope().release(input);
    }
    finish(pass, raw, residual);
    return new Kept(raw, null, null, null, null, rulebook);
  }

  /** Norm or bias, and shortcut, in place. */
  private void finish(Pass pass, Tensor raw, Tensor residual) {
    if (norm != null) {
      norm.forward(pass, raw, residual, raw);
      return;
    }
    pass.compute().addBias(raw, pass.weight(bias));
    if (residual != null) {
      pass.compute().add(raw, residual, raw);
    }
  }

  /** Fills {@code s}, and returns the membranes that the backward pass needs. */
  static Tensor activate(Pass pass, Tensor x, Tensor s) {
    if (!pass.spec().spiking()) {
      pass.compute().relu(x, s);
      return x;
    }
    Neuron neuron = pass.spec().neuron();
    int steps = pass.steps();
    Tensor u = steps == 1 ? x : pass.scope().tensor(x.rows(), x.columns());
    pass.compute().neuron(neuron, steps, x, u, s);
    if (steps > 1 && !pass.training()) {
      pass.scope().release(u);
    }
    return u;
  }

  /**
   * The gradients of one forward pass.
   *
   * @param dy gradient of the output; used up, and given back, unless {@code keep}
   * @param keep whether dy is read again, as the gradient of the shortcut
   * @param into where the gradient of x is added, or null for a new tensor
   * @return the gradient of x ({@code into} if given), or null if x is real-valued input
   */
  Tensor backward(Pass pass, Kept kept, Tensor dy, boolean keep, Tensor into) {
    Compute compute = pass.compute();
    Tensor raw = keep ? pass.scope().tensor(dy.rows(), out) : dy;
    norm.backward(pass, kept.statistics(), kept.raw(), dy, raw);
    compute.sparseConvBackwardWeights(
        kept.input(), raw, kept.rulebook(), 0f, pass.gradient(weight));
    Tensor ds = null;
    if (activated) {
      ds = pass.scope().tensor(kept.input().rows(), in);
      compute.sparseConvBackwardData(raw, pass.weight(weight), kept.rulebook(), 0f, ds);
    } else if (into != null) {
      compute.sparseConvBackwardData(raw, pass.weight(weight), kept.rulebook(), 1f, into);
    }
    pass.scope().release(raw);
    return activated ? backwardActivation(pass, kept.membrane(), ds, into) : into;
  }

  /** The gradient of what {@link #activate} saw: in the place of ds, or added to {@code into}. */
  static Tensor backwardActivation(Pass pass, Tensor membrane, Tensor ds, Tensor into) {
    Tensor dx = into == null ? ds : into;
    float beta = into == null ? 0f : 1f;
    if (pass.spec().spiking()) {
      pass.compute().neuronBackward(pass.spec().neuron(), pass.steps(), membrane, ds, beta, dx);
    } else {
      pass.compute().reluBackward(membrane, ds, beta, dx);
    }
    if (into != null) {
      pass.scope().release(ds);
    }
    return dx;
  }
}
