package org.trispike.spiking;

import org.trispike.kernels.Compute;
import org.trispike.kernels.Tensor;

/**
 * A linear map, with bias and norm, of each point's columns behind those of its patch: y = BN([g,
 * p] · W + b) = BN(g · W₀ + p · W₁ + b). The part of the patch is multiplied once for all of its
 * points, and the long rows are never written.
 */
final class JointLayer {
  private final String name;
  private final int in;
  private final int out;
  private final ParameterLayout.Entry weight;
  private final Ending ending;

  /**
   * @param in columns of a patch, and of a point
   */
  JointLayer(ParameterLayout.Builder layout, Form form, String name, int in, int out) {
    this.name = name;
    this.in = in;
    this.out = out;
    weight = layout.add(Role.WEIGHT, name + ".conv.weight", 2, in, out);
    ending = new Ending(layout, form, name, out, Ending.Kind.BIAS_AND_NORM);
  }

  /** What one forward pass made: membranes, and what it saw; after inference the former alone. */
  record Kept(Tensor output, Tensor patches, Tensor points, int[] offsets, Ending.Kept ending) {}

  /**
   * Runs the layer; the inputs are not changed.
   *
   * @param patches [steps · patches, in]
   * @param points [steps · points, in]
   * @param offsets [patches + 1] where the points of each patch begin
   */
  Kept forward(Pass pass, Tensor patches, Tensor points, int[] offsets) {
    Compute compute = pass.compute();
    int steps = pass.steps();
    long macs = (long) (patches.rows() + points.rows()) / steps * in * out;
    pass.log().real(name, steps, macs, (long) patches.size() + points.size());
    Tensor raw = pass.scope().tensor(points.rows(), out);
    compute.gemm(false, false, points, half(pass.weight(weight), 1), 0f, raw);
    Tensor shared = pass.scope().tensor(patches.rows(), out);
    compute.gemm(false, false, patches, half(pass.weight(weight), 0), 0f, shared);
    compute.addToSegments(steps, shared, offsets, raw);
    pass.scope().release(shared);
    Ending.Kept kept = ending.forward(pass, raw, null);
    return pass.training()
        ? new Kept(kept.output(), patches, points, offsets, kept)
        : new Kept(kept.output(), null, null, null, null);
  }

  /** Gradients of what a forward pass saw. */
  record Gradients(Tensor patches, Tensor points) {}

  /** Uses dy up. */
  Gradients backward(Pass pass, Kept kept, Tensor dy) {
    Compute compute = pass.compute();
    Tensor raw = ending.backward(pass, kept.ending(), dy, false);
    Tensor shared = pass.scope().tensor(kept.patches().rows(), out);
    compute.segmentSum(pass.steps(), raw, kept.offsets(), shared);
    Tensor w = pass.weight(weight);
    Tensor dw = pass.gradient(weight);
    compute.gemm(true, false, kept.patches(), shared, 0f, half(dw, 0));
    compute.gemm(true, false, kept.points(), raw, 0f, half(dw, 1));
    Tensor dPatches = pass.scope().tensor(kept.patches().shape());
    Tensor dPoints = pass.scope().tensor(kept.points().shape());
    compute.gemm(false, true, shared, half(w, 0), 0f, dPatches);
    compute.gemm(false, true, raw, half(w, 1), 0f, dPoints);
    pass.scope().release(shared);
    pass.scope().release(raw);
    return new Gradients(dPatches, dPoints);
  }

  private Tensor half(Tensor both, int which) {
    return both.view(which * in * out, in, out);
  }
}
