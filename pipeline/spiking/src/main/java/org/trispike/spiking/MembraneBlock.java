package org.trispike.spiking;

import org.trispike.kernels.Rulebook;
import org.trispike.kernels.Tensor;

/**
 * The residual block with membrane shortcut: y = x + BN(conv(act(x))), z = y + BN(conv(act(
 * BN(conv(act(y)))))). Shortcuts add membranes, so that every convolution sees spikes.
 */
final class MembraneBlock {
  private final ConvLayer first;
  private final ConvLayer second;
  private final ConvLayer third;

  MembraneBlock(ParameterLayout.Builder layout, Form form, String name, int width) {
    first = new ConvLayer(layout, form, name + ".first", width, width, 27, true);
    second = new ConvLayer(layout, form, name + ".second", width, width, 27, true);
    third = new ConvLayer(layout, form, name + ".third", width, width, 27, true);
  }

  record Kept(ConvLayer.Kept first, ConvLayer.Kept second, ConvLayer.Kept third) {
    Tensor output() {
      return third.output();
    }
  }

  /** Runs the block on membranes x [steps · sites, width], which it uses up in inference. */
  Kept forward(Pass pass, Tensor x, Rulebook rulebook) {
    ConvLayer.Kept a = first.forward(pass, x, rulebook, x);
    pass.drop(x);
    ConvLayer.Kept b = second.forward(pass, a.output(), rulebook, null);
    ConvLayer.Kept c = third.forward(pass, b.output(), rulebook, a.output());
    pass.drop(b.output());
    pass.drop(a.output());
    return new Kept(a, b, c);
  }

  /** Turns dz, in place, into the gradient of x. */
  Tensor backward(Pass pass, Kept kept, Tensor dz) {
    Tensor hidden = third.backward(pass, kept.third(), dz, true, null);
    // dz is now the shortcut's share of dy, and takes up the rest.
    second.backward(pass, kept.second(), hidden, false, dz);
    return first.backward(pass, kept.first(), dz, true, dz);
  }
}
