package org.trispike.spiking;

import java.util.stream.IntStream;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Rulebook;
import org.trispike.kernels.Tensor;

/**
 * The tokens of a batch: for each sample one of its class, then one for each of its patches.
 *
 * @param patches [samples + 1] where each sample's patches begin
 * @param offsets [samples + 1] where each sample's tokens begin
 * @param parts [2 · samples + 1] where each sample's class, and where its other tokens begin
 * @param rulebook takes each token to itself
 */
record TokenRows(int[] patches, int[] offsets, int[] parts, Rulebook rulebook) {

  static TokenRows of(int[] patches) {
    int samples = patches.length - 1;
    int[] offsets = IntStream.rangeClosed(0, samples).map(b -> patches[b] + b).toArray();
    int[] parts = IntStream.rangeClosed(0, 2 * samples).map(i -> offsets[i / 2] + i % 2).toArray();
    return new TokenRows(patches, offsets, parts, Rulebook.identity(offsets[samples]));
  }

  int samples() {
    return patches.length - 1;
  }

  /** Tokens of one step. */
  int rows() {
    return rulebook.inRows();
  }

  /** Tokens of one sample. */
  int tokens(int sample) {
    return offsets[sample + 1] - offsets[sample];
  }

  /** The rows of one sample in slab {@code step} of x. */
  Tensor of(Tensor x, int step, int sample) {
    return x.rows(step * rows() + offsets[sample], tokens(sample));
  }

  /** [steps · tokens, C]: {@code first} [C] as each sample's first, then its rows of x. */
  Tensor join(Pass pass, Tensor first, Tensor x) {
    Compute compute = pass.compute();
    Tensor joined = pass.scope().tensor(pass.steps() * rows(), x.columns());
    eachSample(
        pass,
        (step, sample) -> {
          Tensor tokens = of(joined, step, sample);
          compute.copy(first, tokens.rows(0, 1));
          compute.copy(patchesOf(x, step, sample), tokens.rows(1, tokens.rows() - 1));
        });
    return joined;
  }

  /** The gradient of x from that of {@link #join}; that of {@code first} is written to dFirst. */
  Tensor split(Pass pass, Tensor dJoined, Tensor dFirst) {
    Compute compute = pass.compute();
    int rows = pass.steps() * patches[samples()];
    Tensor dx = pass.scope().tensor(rows, dJoined.columns());
    compute.fill(dFirst, 0f);
    eachSample(
        pass,
        (step, sample) -> {
          Tensor tokens = of(dJoined, step, sample);
          compute.axpy(1f, tokens.rows(0, 1), dFirst);
          compute.copy(tokens.rows(1, tokens.rows() - 1), patchesOf(dx, step, sample));
        });
    return dx;
  }

  private Tensor patchesOf(Tensor x, int step, int sample) {
    int from = step * patches[samples()] + patches[sample];
    return x.rows(from, patches[sample + 1] - patches[sample]);
  }

  /** What is done for one sample in one step. */
  interface Work {
    void of(int step, int sample);
  }

  /** Step by step, sample after sample. */
  void eachSample(Pass pass, Work work) {
    for (int step = 0; step < pass.steps(); step++) {
      for (int sample = 0; sample < samples(); sample++) {
        work.of(step, sample);
      }
    }
  }
}
