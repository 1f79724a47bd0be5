package org.trispike.spiking;

import org.trispike.kernels.Compute;
import org.trispike.kernels.Neuron;
import org.trispike.kernels.Rulebook;
import org.trispike.kernels.Tensor;

/**
 * The one building block of the encoders: activation, sparse convolution, norm, and the addition of
 * a membrane shortcut: y = BN(conv(act(x))) (+ residual); some have a bias beside the norm or in
 * its place. In its folded form the norm is gone into the weights and a bias: y = conv(act(x)) + b
 * (+ residual).
 */
final class ConvLayer {
  private static final String WEIGHT = ".conv.weight";

  private final String name;
  private final int in;
  private final int out;
  private final boolean activated;
  private final ParameterLayout.Entry weight;
  private final Ending ending;

  /** With a norm. */
  ConvLayer(
      ParameterLayout.Builder layout,
      Form form,
      String name,
      int in,
      int out,
      int offsets,
      boolean activated) {
    this(layout, form, name, in, out, offsets, activated, Ending.Kind.NORM);
  }

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
      boolean activated,
      Ending.Kind kind) {
    this.name = name;
    this.in = in;
    this.out = out;
    this.activated = activated;
    String weightName = name + WEIGHT;
    weight =
        activated
            ? layout.addSeeingSpikes(weightName, offsets, in, out)
            : layout.add(Role.WEIGHT, weightName, offsets, in, out);
    ending = new Ending(layout, form, name, out, kind);
  }

  /** The name of the layer whose weights these are. */
  static String nameOf(ParameterSpec weights) {
    return weights.name().substring(0, weights.name().length() - WEIGHT.length());
  }

  /**
   * What one forward pass made. All but the output is null after inference.
   *
   * @param output membranes [rows, out]
   * @param membrane what the activation saw
   * @param input what the convolution saw
   */
  record Kept(
      Tensor output, Tensor membrane, Tensor input, Ending.Kept ending, Rulebook rulebook) {}

  /** Runs the layer on x [steps · inRows, in]; x and the residual (may be null) are not changed. */
  Kept forward(Pass pass, Tensor x, Rulebook rulebook, Tensor residual) {
    Compute compute = pass.compute();
    Tensor membrane = x;
    Tensor input = x;
    long macs = (long) rulebook.pairs() * in * out;
    int slabs = x.rows() / rulebook.inRows();
    if (activated) {
      input = pass.scope().tensor(x.rows(), in);
      membrane = activate(pass, x, input);
      pass.log().activated(pass, name, macs, input);
    } else {
      pass.log().real(name, slabs, macs, x.size());
    }
    Tensor raw = pass.scope().tensor(slabs * rulebook.outRows(), out);
    if (activated && pass.paths() != null) {
      pass.paths().convolve(pass, name, input, pass.weight(weight), rulebook, raw);
    } else {
      compute.sparseConv(input, pass.weight(weight), rulebook, raw);
    }
    if (activated && !pass.training()) {
      pass.scope().release(input);
    }
    Ending.Kept kept = ending.forward(pass, raw, residual);
    return pass.training()
        ? new Kept(kept.output(), membrane, input, kept, rulebook)
        : new Kept(kept.output(), null, null, null, rulebook);
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
   * @return the gradient of x ({@code into} if given), or null if x is real-valued
   */
  Tensor backward(Pass pass, Kept kept, Tensor dy, boolean keep, Tensor into) {
    Compute compute = pass.compute();
    Tensor raw = ending.backward(pass, kept.ending(), dy, keep);
    compute.sparseConvBackwardWeights(
        kept.input(), raw, kept.rulebook(), 0f, pass.gradient(weight));
    Tensor ds = null;
    if (activated) {
      ds = pass.scope().tensor(kept.input().rows(), in);
      compute.sparseConvBackwardData(raw, pass.weight(weight), kept.rulebook(), 0f, ds);
    } else if (into != null) {
      compute.sparseConvBackwardData(raw, pass.weight(weight), kept.rulebook(), 1f, into);
    }
    if (raw != dy || !keep) {
      pass.scope().release(raw);
    }
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
