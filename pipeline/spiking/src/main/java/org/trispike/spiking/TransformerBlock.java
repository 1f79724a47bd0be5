package org.trispike.spiking;

import org.trispike.kernels.Tensor;

/**
 * x ← x + position, x ← x + attention(x), x ← x + maps(x): positions are added in front of every
 * block, and so stay among the membranes.
 */
final class TransformerBlock {
  private final SpikingAttention attention;
  private final ConvLayer first;
  private final ConvLayer second;

  TransformerBlock(
      ParameterLayout.Builder layout,
      Form form,
      String name,
      PointFormerSize size,
      Attention order) {
    attention = new SpikingAttention(layout, form, name + ".attention", size, order);
    Ending.Kind both = Ending.Kind.BIAS_AND_NORM;
    int width = size.width();
    first = new ConvLayer(layout, form, name + ".mlp.0", width, size.hidden(), 1, true, both);
    second = new ConvLayer(layout, form, name + ".mlp.1", size.hidden(), width, 1, true, both);
  }

  record Kept(SpikingAttention.Kept attention, ConvLayer.Kept first, ConvLayer.Kept second) {
    Tensor output() {
      return second.output();
    }
  }

  /** Runs the block on membranes x [steps · tokens, width], which it changes and uses up. */
  Kept forward(Pass pass, Tensor x, Tensor positions, TokenRows rows) {
    pass.compute().add(x, positions, x);
    SpikingAttention.Kept a = attention.forward(pass, x, rows);
    pass.drop(x);
    ConvLayer.Kept b = first.forward(pass, a.output(), rows.rulebook(), null);
    ConvLayer.Kept c = second.forward(pass, b.output(), rows.rulebook(), a.output());
    pass.drop(b.output());
    pass.drop(a.output());
    return new Kept(a, b, c);
  }

  /** Turns dz, in place, into the gradient of x, and adds it to that of the positions. */
  Tensor backward(Pass pass, Kept kept, Tensor dz, Tensor dPositions, TokenRows rows) {
    Tensor hidden = second.backward(pass, kept.second(), dz, true, null);
    // dz is now the shortcut's share of the gradient, and takes up the rest.
    first.backward(pass, kept.first(), hidden, false, dz);
    attention.backward(pass, kept.attention(), dz, rows);
    pass.compute().axpy(1f, dz, dPositions);
    return dz;
  }
}
