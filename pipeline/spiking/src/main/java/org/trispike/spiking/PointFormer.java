package org.trispike.spiking;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.trispike.kernels.Compute;
import org.trispike.kernels.PointBatch;
import org.trispike.kernels.PointPatches;
import org.trispike.kernels.Scope;
import org.trispike.kernels.Tensor;

/**
 * Spike-driven PointFormer: patches around farthest-point samples become tokens, a class token is
 * put before them, blocks of spike-driven attention follow, and the class token beside the maximum
 * of the others goes through a last map.
 *
 * <p>Time and memory are linear in the number of tokens, or quadratic with {@link
 * Attention#PUBLISHED}. The norm behind the blocks follows no map, and the maximum follows it, so
 * it stays in the folded form too. With several steps the last map sees the mean over them. Source:
 * SVL (arXiv 2505.17674) and its code, after Point-BERT (arXiv 2111.14819).
 */
final class PointFormer implements PathEncoder {
  private final EncoderSpec spec;
  private final Form form;
  private final PointFormerSize size;
  private final PatchEmbedding patches;
  private final ParameterLayout.Entry token;
  private final ParameterLayout.Entry tokenPosition;
  private final PositionEmbedding positions;
  private final List<TransformerBlock> blocks = new ArrayList<>();
  private final BatchNorm norm;
  private final LinearMap last;
  private final ParameterLayout layout;

  PointFormer(EncoderSpec spec, PointFormerSize size, Form form) {
    this.spec = spec;
    this.form = form;
    this.size = size;
    ParameterLayout.Builder builder = new ParameterLayout.Builder();
    patches = new PatchEmbedding(builder, form, size);
    token = builder.add(Role.BIAS, "class.token", size.width());
    tokenPosition = builder.add(Role.BIAS, "class.position", size.width());
    positions = new PositionEmbedding(builder, form, size);
    Attention order = spec.pointFormer().attention();
    for (int i = 0; i < spec.pointFormer().depth(); i++) {
      blocks.add(new TransformerBlock(builder, form, "block" + i, size, order));
    }
    norm = new BatchNorm(builder, "tokens.norm", size.width());
    last = new LinearMap(builder, form.last(), 2 * size.width(), spec.outputWidth());
    layout = builder.build();
  }

  /**
   * One forward pass. What follows the pass is null after inference.
   *
   * @param membranes what the norm behind the blocks saw
   * @param winners of the maximum over tokens
   */
  private record Trace(
      Tensor output,
      Tensor pooled,
      int sites,
      Pass pass,
      TokenRows rows,
      PatchEmbedding.Kept patches,
      PositionEmbedding.Kept positions,
      List<TransformerBlock.Kept> blocks,
      Tensor membranes,
      BatchNorm.Statistics statistics,
      int[] winners)
      implements EncoderTrace {
    @Override
    public List<LayerActivity> activities() {
      return pass.log().resolve();
    }
  }

  @Override
  public EncoderSpec spec() {
    return spec;
  }

  @Override
  public ParameterLayout layout() {
    return layout;
  }

  @Override
  public EncoderTrace forward(
      Scope scope, Tensor parameters, PointBatch batch, boolean training, LayerPaths paths) {
    Encoders.checkWindows(batch, 1);
    Pass pass = Pass.forward(scope, spec, form, parameters, batch, training, paths);
    PointPatches cut =
        PointPatches.cut(batch, spec.pointFormer().groups(), spec.pointFormer().neighbours());
    TokenRows rows = TokenRows.of(cut.sampleOffsets());
    PatchEmbedding.Kept patchesKept = patches.forward(pass, cut);
    PositionEmbedding.Kept positionsKept = positions.forward(pass, cut);
    Tensor x = joined(pass, rows, token, patchesKept.output());
    Tensor positionRows = joined(pass, rows, tokenPosition, positionsKept.output());
    List<TransformerBlock.Kept> kept = new ArrayList<>();
    for (TransformerBlock block : blocks) {
      TransformerBlock.Kept next = block.forward(pass, x, positionRows, rows);
      kept.add(next);
      x = next.output();
    }
    scope.release(positionRows);
    Tensor y = training ? scope.tensor(x.shape()) : x;
    BatchNorm.Statistics statistics = norm.forward(pass, x, null, y);
    int[] winners = training ? new int[2 * spec.steps() * rows.samples() * size.width()] : null;
    Tensor pooled = pool(pass, y, rows, winners);
    pass.log().real(form.last(), last.macs(rows.samples()), pooled.size());
    Tensor output = last.forward(pass, pooled);
    int points = batch.points();
    return training
        ? new Trace(
            output,
            pooled,
            points,
            pass,
            rows,
            patchesKept,
            positionsKept,
            kept,
            x,
            statistics,
            winners)
        : new Trace(output, pooled, points, pass, null, null, null, null, null, null, null);
  }

  /** The tokens behind the sample's own first one; x goes back. */
  private static Tensor joined(Pass pass, TokenRows rows, ParameterLayout.Entry first, Tensor x) {
    Tensor joined = rows.join(pass, pass.weight(first), x);
    pass.scope().release(x);
    return joined;
  }

  /** [samples, 2 · width]: class token and maximum of the others, mean over steps; y goes back. */
  private Tensor pool(Pass pass, Tensor y, TokenRows rows, int[] winners) {
    Compute compute = pass.compute();
    int steps = pass.steps();
    Tensor most = pass.scope().tensor(2 * steps * rows.samples(), size.width());
    compute.segmentMax(steps, y, rows.parts(), most, winners);
    pass.scope().release(y);
    Tensor pooled = pass.scope().tensor(rows.samples(), 2 * size.width());
    compute.segmentMean(steps, pairs(pass, most, rows), single(rows), pooled);
    pass.scope().release(most);
    return pooled;
  }

  /** The two rows of a sample as one. */
  private Tensor pairs(Pass pass, Tensor most, TokenRows rows) {
    return most.view(0, pass.steps() * rows.samples(), 2 * size.width());
  }

  private static int[] single(TokenRows rows) {
    return IntStream.rangeClosed(0, rows.samples()).toArray();
  }

  @Override
  public void backward(
      EncoderTrace trace, Tensor outputGradient, Tensor parameters, Tensor gradients) {
    Trace t = (Trace) trace;
    Pass pass = t.pass().back(parameters, gradients);
    Scope scope = pass.scope();
    Tensor dx = unpool(pass, t, last.backward(pass, t.pooled(), outputGradient));
    norm.backward(pass, t.statistics(), t.membranes(), dx, dx);
    Tensor dPositions = scope.zeros(dx.shape());
    for (int i = blocks.size() - 1; i >= 0; i--) {
      dx = blocks.get(i).backward(pass, t.blocks().get(i), dx, dPositions, t.rows());
    }
    patches.backward(pass, t.patches(), t.rows().split(pass, dx, pass.gradient(token)));
    scope.release(dx);
    Tensor dCentres = t.rows().split(pass, dPositions, pass.gradient(tokenPosition));
    positions.backward(pass, t.positions(), dCentres);
    scope.release(dPositions);
  }

  /** The gradient of what was pooled; dPooled goes back. */
  private Tensor unpool(Pass pass, Trace t, Tensor dPooled) {
    Compute compute = pass.compute();
    Tensor dMost = pass.scope().tensor(2 * pass.steps() * t.rows().samples(), size.width());
    Tensor pairs = pairs(pass, dMost, t.rows());
    compute.segmentMeanBackward(pass.steps(), dPooled, single(t.rows()), pairs);
    pass.scope().release(dPooled);
    Tensor dx = pass.scope().tensor(pass.steps() * t.rows().rows(), size.width());
    compute.maxBackward(dMost, t.winners(), dx);
    pass.scope().release(dMost);
    return dx;
  }
}
