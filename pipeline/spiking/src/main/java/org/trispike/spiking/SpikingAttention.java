package org.trispike.spiking;

import org.trispike.kernels.Tensor;

/**
 * Spike-driven self-attention with a membrane shortcut: x + proj(SN(product of SN(qkv(SN(x))))).
 * The map to queries, keys and values has a norm and no bias, the last one a bias and no norm.
 */
final class SpikingAttention {
  private final int width;
  private final ConvLayer qkv;
  private final AttentionProduct product;
  private final ConvLayer projection;

  SpikingAttention(
      ParameterLayout.Builder layout,
      Form form,
      String name,
      PointFormerSize size,
      Attention attention) {
    width = size.width();
    int wide = 3 * width;
    qkv = new ConvLayer(layout, form, name + ".qkv", width, wide, 1, true);
    product = AttentionProduct.of(attention, name, size.heads(), width / size.heads());
    Ending.Kind bias = Ending.Kind.BIAS;
    projection = new ConvLayer(layout, form, name + ".projection", width, width, 1, true, bias);
  }

  /**
   * What one forward pass made. All but the output is null after inference.
   *
   * @param membrane what the neurons of queries, keys and values saw
   * @param spikes what they emitted
   */
  record Kept(
      Tensor output,
      ConvLayer.Kept qkv,
      Tensor membrane,
      Tensor spikes,
      ConvLayer.Kept projection) {}

  /** Runs on membranes x [steps · tokens, width], which are not changed. */
  Kept forward(Pass pass, Tensor x, TokenRows rows) {
    ConvLayer.Kept a = qkv.forward(pass, x, rows.rulebook(), null);
    Tensor spikes = pass.scope().tensor(a.output().shape());
    Tensor membrane = ConvLayer.activate(pass, a.output(), spikes);
    pass.drop(a.output());
    Tensor y = pass.scope().tensor(x.shape());
    product.forward(pass, spikes, rows, y);
    ConvLayer.Kept b = projection.forward(pass, y, rows.rulebook(), x);
    pass.drop(y);
    if (pass.training()) {
      return new Kept(b.output(), a, membrane, spikes, b);
    }
    pass.scope().release(spikes);
    return new Kept(b.output(), null, null, null, null);
  }

  /** Turns dy, in place, into the gradient of x. */
  Tensor backward(Pass pass, Kept kept, Tensor dy, TokenRows rows) {
    Tensor dProduct = projection.backward(pass, kept.projection(), dy, true, null);
    Tensor ds = pass.scope().tensor(kept.spikes().shape());
    product.backward(pass, kept.spikes(), rows, dProduct, ds);
    pass.scope().release(dProduct);
    Tensor dqkv = ConvLayer.backwardActivation(pass, kept.membrane(), ds, null);
    return qkv.backward(pass, kept.qkv(), dqkv, false, dy);
  }
}
