package org.trispike.spiking;

import org.trispike.kernels.PointPatches;
import org.trispike.kernels.Rulebook;
import org.trispike.kernels.Tensor;

/** Where the centres of patches are, as columns of their tokens: two maps with norms. */
final class PositionEmbedding {
  private static final int COORDINATES = 3;

  private final ConvLayer first;
  private final ConvLayer second;

  PositionEmbedding(ParameterLayout.Builder layout, Form form, PointFormerSize size) {
    Ending.Kind both = Ending.Kind.BIAS_AND_NORM;
    int hidden = size.position();
    first = new ConvLayer(layout, form, "position.0", COORDINATES, hidden, 1, false, both);
    second = new ConvLayer(layout, form, "position.1", hidden, size.width(), 1, true, both);
  }

  /** What one forward pass made: positions [steps · patches, width] are the second's output. */
  record Kept(ConvLayer.Kept first, ConvLayer.Kept second) {
    Tensor output() {
      return second.output();
    }
  }

  Kept forward(Pass pass, PointPatches patches) {
    Rulebook each = Rulebook.identity(patches.patches());
    Tensor centres = pass.scope().of(patches.centres(), patches.patches(), COORDINATES);
    ConvLayer.Kept a = first.forward(pass, centres, each, null);
    Tensor u = DirectCoding.repeat(pass, a.output());
    ConvLayer.Kept b = second.forward(pass, u, each, null);
    pass.drop(u);
    if (!pass.training()) {
      pass.scope().release(centres);
    }
    return new Kept(a, b);
  }

  /** Uses dy up. */
  void backward(Pass pass, Kept kept, Tensor dy) {
    Tensor du = second.backward(pass, kept.second(), dy, false, null);
    first.backward(pass, kept.first(), DirectCoding.sum(pass, du), false, null);
  }
}
