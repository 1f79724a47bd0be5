package org.trispike.spiking;

import java.util.ArrayList;
import java.util.List;
import org.trispike.kernels.Compute;
import org.trispike.kernels.PointBatch;
import org.trispike.kernels.Scope;
import org.trispike.kernels.Tensor;
import org.trispike.kernels.VoxelPyramid;

/**
 * E-3DSNN: a spiking sparse voxel network. A stem at full resolution, stages that halve it, a mean
 * over each sample's sites and the time steps, and a last linear map of the real-valued membranes.
 *
 * <p>Pooling comes before the last map, which is exactly the published order (map, then mean), at
 * the cost of one row a sample. Time and memory are linear in the pairs of the rulebooks. Source:
 * E-3DSNN (arXiv 2412.07360) and SVL (arXiv 2505.17674).
 */
final class E3dsnn implements PathEncoder {
  private final EncoderSpec spec;
  private final Form form;
  private final E3dsnnSize size;
  private final Stem stem;
  private final List<Stage> stages = new ArrayList<>();
  private final LinearMap last;
  private final ParameterLayout layout;

  E3dsnn(EncoderSpec spec, E3dsnnSize size, Form form) {
    this.spec = spec;
    this.form = form;
    this.size = size;
    ParameterLayout.Builder builder = new ParameterLayout.Builder();
    stem = new Stem(builder, form, VoxelPyramid.FEATURES, size.stem());
    int width = size.stem();
    for (int i = 0; i < size.stages(); i++) {
      int next = size.widths()[i];
      stages.add(new Stage(builder, form, "stage" + (i + 1), width, next, size.depths()[i]));
      width = next;
    }
    last = new LinearMap(builder, form.last(), width, spec.outputWidth());
    layout = builder.build();
  }

  private record Trace(
      Tensor output,
      Tensor pooled,
      int sites,
      Pass pass,
      int[] offsets,
      Stem.Kept stem,
      List<Stage.Kept> stages)
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
    Pass pass = Pass.forward(scope, spec, form, parameters, batch, training, paths);
    Encoders.checkWindows(batch, spec.steps());
    VoxelPyramid pyramid = VoxelPyramid.build(batch, spec.voxels(), size.stages() + 1);

    int sites = pyramid.level(0).sites();
    Tensor features = scope.of(pyramid.features(), batch.slabs() * sites, VoxelPyramid.FEATURES);
    Stem.Kept stemKept = stem.forward(pass, features, pyramid.level(0).submanifold());
    if (!training) {
      scope.release(features);
    }
    Tensor x = stemKept.output();
    List<Stage.Kept> kept = new ArrayList<>();
    for (int i = 0; i < stages.size(); i++) {
      Stage.Kept next = stages.get(i).forward(pass, x, pyramid.level(i + 1));
      kept.add(next);
      x = next.output();
    }
    int[] offsets = pyramid.level(stages.size()).sampleOffsets();
    Tensor pooled = scope.tensor(batch.samples(), size.lastWidth());
    scope.compute().segmentMean(spec.steps(), x, offsets, pooled);
    scope.release(x);
    pass.log().real(form.last(), last.macs(batch.samples()), pooled.size());
    Tensor output = last.forward(pass, pooled);
    return training
        ? new Trace(output, pooled, sites, pass, offsets, stemKept, kept)
        : new Trace(output, pooled, sites, pass, offsets, null, null);
  }

  @Override
  public void backward(
      EncoderTrace trace, Tensor outputGradient, Tensor parameters, Tensor gradients) {
    Trace t = (Trace) trace;
    Pass pass = t.pass().back(parameters, gradients);
    Compute compute = pass.compute();
    Tensor dPooled = last.backward(pass, t.pooled(), outputGradient);
    int rows = spec.steps() * t.offsets()[t.offsets().length - 1];
    Tensor dx = pass.scope().tensor(rows, size.lastWidth());
    compute.segmentMeanBackward(spec.steps(), dPooled, t.offsets(), dx);
    pass.scope().release(dPooled);
    for (int i = stages.size() - 1; i >= 0; i--) {
      dx = stages.get(i).backward(pass, t.stages().get(i), dx);
    }
    stem.backward(pass, t.stem(), dx);
  }
}
