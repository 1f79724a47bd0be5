package org.trispike.spiking;

import org.trispike.kernels.Compute;
import org.trispike.kernels.Matrices;
import org.trispike.kernels.Tensor;

/**
 * Y = SN(QKᵀ) V / √d, with a neuron on the scores of each pair of tokens: time is in n², and so is
 * memory, of one sample, as the scores are computed again on the way back. Source: SVL's published
 * code.
 */
final class QuadraticAttention implements AttentionProduct {
  private final String name;
  private final Heads heads;
  private final float factor;

  QuadraticAttention(String name, Heads heads) {
    this.name = name;
    this.heads = heads;
    this.factor = (float) (1 / Math.sqrt(heads.width()));
  }

  /**
   * The scores of one sample, [steps · heads, n, n].
   *
   * @param membranes what the neurons saw
   * @param spikes what they emitted
   */
  private record Scores(Tensor membranes, Tensor spikes) {}

  @Override
  public void forward(Pass pass, Tensor spikes, TokenRows rows, Tensor y) {
    int columns = heads.columns();
    long macs = 0;
    double sum = 0;
    for (int sample = 0; sample < rows.samples(); sample++) {
      Scores scores = scores(pass, spikes, rows, sample);
      for (int step = 0; step < pass.steps(); step++) {
        Matrices values = heads.values(rows.of(spikes, step, sample));
        Matrices out = heads.queries(rows.of(y, step, sample));
        pass.compute()
            .batchedGemm(false, false, factor, slab(scores.spikes(), step), values, 0f, out);
      }
      macs += (long) rows.tokens(sample) * rows.tokens(sample) * columns;
      sum += pass.spec().spiking() ? pass.compute().sum(scores.spikes()) : 0;
      release(pass, scores);
    }
    // Where both sides are spikes, those of the left side add rows of the right one.
    double fired = sum;
    long inputs = pass.steps() * macs / heads.width();
    pass.log().activated(pass, name + ".qk", macs, spikes, 0, columns);
    pass.log().activated(name + ".av", macs, inputs, () -> fired);
  }

  @Override
  public void backward(Pass pass, Tensor spikes, TokenRows rows, Tensor dy, Tensor dSpikes) {
    Compute compute = pass.compute();
    for (int sample = 0; sample < rows.samples(); sample++) {
      Scores scores = scores(pass, spikes, rows, sample);
      Tensor dScores = pass.scope().tensor(scores.spikes().shape());
      for (int step = 0; step < pass.steps(); step++) {
        Matrices values = heads.values(rows.of(spikes, step, sample));
        Matrices dValues = heads.values(rows.of(dSpikes, step, sample));
        Matrices dOut = heads.queries(rows.of(dy, step, sample));
        Matrices fired = slab(scores.spikes(), step);
        compute.batchedGemm(false, true, factor, dOut, values, 0f, slab(dScores, step));
        compute.batchedGemm(true, false, factor, fired, dOut, 0f, dValues);
      }
      ConvLayer.backwardActivation(pass, scores.membranes(), dScores, null);
      for (int step = 0; step < pass.steps(); step++) {
        Tensor s = rows.of(spikes, step, sample);
        Tensor ds = rows.of(dSpikes, step, sample);
        Matrices dScore = slab(dScores, step);
        compute.batchedGemm(false, false, 1f, dScore, heads.keys(s), 0f, heads.queries(ds));
        compute.batchedGemm(true, false, 1f, dScore, heads.queries(s), 0f, heads.keys(ds));
      }
      pass.scope().release(dScores);
      release(pass, scores);
    }
  }

  private Scores scores(Pass pass, Tensor spikes, TokenRows rows, int sample) {
    int n = rows.tokens(sample);
    Tensor x = pass.scope().tensor(pass.steps() * heads.count(), n, n);
    for (int step = 0; step < pass.steps(); step++) {
      Tensor s = rows.of(spikes, step, sample);
      pass.compute()
          .batchedGemm(false, true, 1f, heads.queries(s), heads.keys(s), 0f, slab(x, step));
    }
    Tensor fired = pass.scope().tensor(x.shape());
    Tensor membranes = ConvLayer.activate(pass, x, fired);
    if (membranes != x) {
      pass.scope().release(x);
    }
    return new Scores(membranes, fired);
  }

  private Matrices slab(Tensor scores, int step) {
    return Matrices.stacked(scores.rows(step * heads.count(), heads.count()));
  }

  private static void release(Pass pass, Scores scores) {
    pass.scope().release(scores.spikes());
    // Without training the neuron of several steps has given its membranes back.
    if (pass.training() || pass.steps() == 1) {
      pass.scope().release(scores.membranes());
    }
  }
}
