package org.trispike.spiking;

import org.trispike.kernels.Compute;
import org.trispike.kernels.Matrices;
import org.trispike.kernels.Tensor;

/**
 * Y = Q (KᵀV) / (n √d) for n tokens and heads of width d: time and memory are linear in n. Source:
 * SVL (arXiv 2505.17674), its 3D spike-driven self-attention; the factor is ours, see {@link
 * Attention#PAPER}. The matrix KᵀV is computed again on the way back.
 */
final class LinearAttention implements AttentionProduct {
  private final String name;
  private final Heads heads;

  LinearAttention(String name, Heads heads) {
    this.name = name;
    this.heads = heads;
  }

  private float factor(int tokens) {
    return (float) (1 / (tokens * Math.sqrt(heads.width())));
  }

  @Override
  public void forward(Pass pass, Tensor spikes, TokenRows rows, Tensor y) {
    Compute compute = pass.compute();
    int columns = heads.columns();
    long macs = (long) rows.rows() * columns * heads.width();
    // Where both sides are spikes, those of the left side add rows of the right one.
    pass.log().activated(pass, name + ".kv", macs, spikes, columns, columns);
    pass.log().activated(pass, name + ".q", macs, spikes, 0, columns);
    Matrices context = matrices(pass);
    rows.eachSample(
        pass,
        (step, sample) -> {
          Tensor s = rows.of(spikes, step, sample);
          Matrices out = heads.queries(rows.of(y, step, sample));
          compute.batchedGemm(true, false, 1f, heads.keys(s), heads.values(s), 0f, context);
          float factor = factor(s.rows());
          compute.batchedGemm(false, false, factor, heads.queries(s), context, 0f, out);
        });
    pass.scope().release(context.tensor());
  }

  @Override
  public void backward(Pass pass, Tensor spikes, TokenRows rows, Tensor dy, Tensor dSpikes) {
    Compute compute = pass.compute();
    Matrices context = matrices(pass);
    Matrices dContext = matrices(pass);
    rows.eachSample(
        pass,
        (step, sample) -> {
          Tensor s = rows.of(spikes, step, sample);
          Tensor ds = rows.of(dSpikes, step, sample);
          Matrices dOut = heads.queries(rows.of(dy, step, sample));
          float factor = factor(s.rows());
          compute.batchedGemm(true, false, 1f, heads.keys(s), heads.values(s), 0f, context);
          compute.batchedGemm(false, true, factor, dOut, context, 0f, heads.queries(ds));
          compute.batchedGemm(true, false, factor, heads.queries(s), dOut, 0f, dContext);
          compute.batchedGemm(false, true, 1f, heads.values(s), dContext, 0f, heads.keys(ds));
          compute.batchedGemm(false, false, 1f, heads.keys(s), dContext, 0f, heads.values(ds));
        });
    pass.scope().release(context.tensor());
    pass.scope().release(dContext.tensor());
  }

  private Matrices matrices(Pass pass) {
    return Matrices.stacked(pass.scope().tensor(heads.count(), heads.width(), heads.width()));
  }
}
