package org.trispike.spiking;

import org.trispike.kernels.PointPatches;
import org.trispike.kernels.Rulebook;
import org.trispike.kernels.Tensor;

/**
 * Patches to tokens by a small PointNet: two maps of each point, the maximum over the patch, two
 * maps of each point beside that maximum, the maximum again, and a last map. The third and the last
 * map see membranes, as published.
 */
final class PatchEmbedding {
  private final PointFormerSize size;
  private final ConvLayer first;
  private final ConvLayer second;
  private final JointLayer third;
  private final ConvLayer fourth;
  private final ConvLayer reduce;

  PatchEmbedding(ParameterLayout.Builder layout, Form form, PointFormerSize size) {
    this.size = size;
    int patch = size.patch();
    Ending.Kind both = Ending.Kind.BIAS_AND_NORM;
    Ending.Kind bias = Ending.Kind.BIAS;
    int columns = PointPatches.FEATURES;
    first = new ConvLayer(layout, form, "patch.0", columns, size.local(), 1, false, both);
    second = new ConvLayer(layout, form, "patch.1", size.local(), patch, 1, true, bias);
    third = new JointLayer(layout, form, "patch.2", patch, size.joint());
    fourth = new ConvLayer(layout, form, "patch.3", size.joint(), patch, 1, true, bias);
    reduce = new ConvLayer(layout, form, "reduce", patch, size.width(), 1, false, bias);
  }

  /**
   * What one forward pass made. All but the output is null after inference.
   *
   * @param output [steps · patches, width]
   * @param winners of the first maximum
   * @param lastWinners of the second
   */
  record Kept(
      Tensor output,
      ConvLayer.Kept first,
      ConvLayer.Kept second,
      int[] winners,
      JointLayer.Kept third,
      ConvLayer.Kept fourth,
      int[] lastWinners,
      ConvLayer.Kept reduce) {}

  Kept forward(Pass pass, PointPatches patches) {
    int[] offsets = patches.patchOffsets();
    Rulebook points = Rulebook.identity(patches.rows());
    Tensor members = pass.scope().of(patches.members(), patches.rows(), PointPatches.FEATURES);
    ConvLayer.Kept a = first.forward(pass, members, points, null);
    Tensor u = DirectCoding.repeat(pass, a.output());
    ConvLayer.Kept b = second.forward(pass, u, points, null);
    pass.drop(u);
    int maxima = pass.steps() * patches.patches() * size.patch();
    int[] winners = pass.training() ? new int[maxima] : null;
    Tensor most = maximum(pass, b.output(), offsets, winners);
    JointLayer.Kept c = third.forward(pass, most, b.output(), offsets);
    if (!pass.training()) {
      pass.scope().release(members);
      pass.scope().release(most);
      pass.scope().release(b.output());
    }
    ConvLayer.Kept d = fourth.forward(pass, c.output(), points, null);
    pass.drop(c.output());
    int[] lastWinners = pass.training() ? new int[maxima] : null;
    Tensor vector = maximum(pass, d.output(), offsets, lastWinners);
    pass.scope().release(d.output());
    ConvLayer.Kept e = reduce.forward(pass, vector, Rulebook.identity(patches.patches()), null);
    if (pass.training()) {
      return new Kept(e.output(), a, b, winners, c, d, lastWinners, e);
    }
    pass.scope().release(vector);
    return new Kept(e.output(), null, null, null, null, null, null, null);
  }

  private Tensor maximum(Pass pass, Tensor x, int[] offsets, int[] winners) {
    Tensor most = pass.scope().tensor(pass.steps() * (offsets.length - 1), size.patch());
    pass.compute().segmentMax(pass.steps(), x, offsets, most, winners);
    return most;
  }

  /** Uses dy up. */
  void backward(Pass pass, Kept kept, Tensor dy) {
    Tensor dVector = pass.scope().zeros(kept.reduce().input().shape());
    reduce.backward(pass, kept.reduce(), dy, false, dVector);
    int rows = kept.second().output().rows();
    Tensor dx = scatter(pass, dVector, kept.lastWinners(), rows);
    dx = fourth.backward(pass, kept.fourth(), dx, false, null);
    JointLayer.Gradients joint = third.backward(pass, kept.third(), dx);
    dx = scatter(pass, joint.patches(), kept.winners(), rows);
    pass.compute().add(dx, joint.points(), dx);
    pass.scope().release(joint.points());
    dx = second.backward(pass, kept.second(), dx, false, null);
    first.backward(pass, kept.first(), DirectCoding.sum(pass, dx), false, null);
  }

  /** The gradient of points whose maxima have the gradient dMost, which is used up. */
  private Tensor scatter(Pass pass, Tensor dMost, int[] winners, int rows) {
    Tensor dx = pass.scope().tensor(rows, size.patch());
    pass.compute().maxBackward(dMost, winners, dx);
    pass.scope().release(dMost);
    return dx;
  }
}
