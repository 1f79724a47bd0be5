package org.trispike.spiking;

import java.util.Arrays;
import java.util.List;
import org.trispike.kernels.PointBatch;
import org.trispike.kernels.Scope;
import org.trispike.kernels.Tensor;

/**
 * Spike PointNet: PointNet with integer neurons for its ReLUs. Each point by itself goes through
 * maps that all share, a maximum joins them; with T-Nets, one turns the coordinates and one the
 * first features.
 *
 * <p>Input columns are x, y, z, r, g, b; colours are not turned. The second T-Net's product sees
 * spikes, and its result is a membrane, on which the next map's neuron fires, so that behind the
 * first maps every product has spikes on one side. There is neither dropout nor the penalty on
 * T-Nets that are no rotations. Time and memory are linear in the points; the widest layer takes 4
 * kB · T a point, so clouds of 1,024 points are usual. Source: PointNet (arXiv 1612.00593), the
 * classification network; Spiking PointNet (arXiv 2310.06232); the baseline of SVL (arXiv
 * 2505.17674).
 */
final class PointNet implements PathEncoder {
  private static final int COORDINATES = 3;
  private static final int FEATURES = 6;

  private final EncoderSpec spec;
  private final Form form;
  private final PointTransform turn;
  private final ConvLayer local;
  private final PointTransform mix;
  private final PointTower tower;
  private final ParameterLayout layout;

  /**
   * @param transforms whether there are T-Nets
   */
  PointNet(EncoderSpec spec, PointNetSize size, boolean transforms, Form form) {
    this.spec = spec;
    this.form = form;
    ParameterLayout.Builder builder = new ParameterLayout.Builder();
    int width = size.shared()[0];
    turn =
        transforms
            ? new PointTransform(builder, form, size, "turn", COORDINATES, FEATURES, true)
            : null;
    local = new ConvLayer(builder, form, "local", FEATURES, width, 1, false);
    mix = transforms ? new PointTransform(builder, form, size, "mix", width, width, false) : null;
    tower =
        new PointTower(
            builder,
            form,
            "global",
            width,
            Arrays.copyOfRange(size.shared(), 1, size.shared().length),
            size.dense(),
            false,
            form.last(),
            spec.outputWidth());
    layout = builder.build();
  }

  /**
   * One forward pass.
   *
   * @param membrane what the neuron before the second T-Net's product saw
   */
  private record Trace(
      PointTower.Kept tower,
      int sites,
      Pass pass,
      PointTransform.Kept turn,
      ConvLayer.Kept local,
      Tensor membrane,
      PointTransform.Kept mix)
      implements EncoderTrace {
    @Override
    public Tensor output() {
      return tower.output();
    }

    @Override
    public Tensor pooled() {
      return tower.pooled();
    }

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
    PointRows rows = PointRows.of(batch);

    Tensor x = scope.of(batch.features(), batch.points(), FEATURES);
    PointTransform.Kept turned = null;
    if (turn != null) {
      Tensor xyz = scope.of(batch.xyz(), batch.points(), COORDINATES);
      turned = turn.forward(pass, xyz, x, rows);
      x = turned.output();
    }
    ConvLayer.Kept first = local.forward(pass, x, rows.points(), null);
    Tensor u = DirectCoding.repeat(pass, first.output());
    Tensor membrane = null;
    PointTransform.Kept mixed = null;
    if (mix != null) {
      Tensor spikes = scope.tensor(u.shape());
      membrane = ConvLayer.activate(pass, u, spikes);
      mixed = mix.forward(pass, u, spikes, rows);
      pass.drop(u);
      if (!training) {
        scope.release(spikes);
      }
      u = mixed.output();
    }
    PointTower.Kept kept = tower.forward(pass, u, rows);
    pass.drop(u);
    return training
        ? new Trace(kept, batch.points(), pass, turned, first, membrane, mixed)
        : new Trace(kept, batch.points(), pass, null, null, null, null);
  }

  @Override
  public void backward(
      EncoderTrace trace, Tensor outputGradient, Tensor parameters, Tensor gradients) {
    Trace t = (Trace) trace;
    Pass pass = t.pass().back(parameters, gradients);
    Scope scope = pass.scope();
    Tensor du = tower.backward(pass, t.tower(), outputGradient);
    if (mix != null) {
      Tensor ds = scope.tensor(du.shape());
      Tensor seen = mix.backward(pass, t.mix(), du, ds);
      scope.release(du);
      du = ConvLayer.backwardActivation(pass, t.membrane(), ds, seen);
    }
    du = DirectCoding.sum(pass, du);
    Tensor dx = turn == null ? null : scope.zeros(t.sites(), FEATURES);
    local.backward(pass, t.local(), du, false, dx);
    if (turn != null) {
      turn.backward(pass, t.turn(), dx, null);
    }
  }
}
