package org.trispike.spiking;

import java.util.ArrayList;
import java.util.List;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Tensor;

/**
 * Points to one vector a sample: linear maps with norms that all points share, the maximum over
 * each sample's points, maps of the result, the mean of the last spikes over the time steps, and a
 * last map of that.
 *
 * <p>The maximum is of membranes and the neuron stands behind it, so that all maps but a first one
 * on real input see spikes; with one step that equals the maximum of the spikes. The last map sees
 * mean spikes: since it is linear, that equals a map of each step's spikes.
 */
final class PointTower {
  private final List<ConvLayer> shared = new ArrayList<>();
  private final List<ConvLayer> dense = new ArrayList<>();
  private final boolean real;
  private final int pointWidth;
  private final int width;
  private final String lastName;
  private final LinearMap last;

  /**
   * @param name prefix of the layers
   * @param in columns of the input
   * @param sharedWidths of the maps over points
   * @param real whether the input is real-valued and the same in each step; membranes otherwise
   * @param lastName name of the last map
   * @param out columns of the output
   */
  PointTower(
      ParameterLayout.Builder layout,
      Form form,
      String name,
      int in,
      int[] sharedWidths,
      int[] denseWidths,
      boolean real,
      String lastName,
      int out) {
    this.real = real;
    int columns = in;
    for (int next : sharedWidths) {
      boolean activated = !real || !shared.isEmpty();
      String layer = name + ".shared" + shared.size();
      shared.add(new ConvLayer(layout, form, layer, columns, next, 1, activated));
      columns = next;
    }
    pointWidth = columns;
    for (int next : denseWidths) {
      String layer = name + ".dense" + dense.size();
      dense.add(new ConvLayer(layout, form, layer, columns, next, 1, true));
      columns = next;
    }
    width = columns;
    this.lastName = lastName;
    last = new LinearMap(layout, lastName, width, out);
  }

  /**
   * What one forward pass made. All but the output and the pooled spikes is null after inference.
   *
   * @param output [samples, out]
   * @param pooled [samples, width] mean spikes
   * @param membrane what the last neuron saw
   */
  record Kept(
      Tensor output,
      Tensor pooled,
      PointRows rows,
      List<ConvLayer.Kept> shared,
      int[] winners,
      List<ConvLayer.Kept> dense,
      Tensor membrane) {}

  /** Runs the tower on x, [points, in] if real, else [steps · points, in], which is not changed. */
  Kept forward(Pass pass, Tensor x, PointRows rows) {
    List<ConvLayer.Kept> sharedKept = new ArrayList<>();
    Tensor y = x;
    for (ConvLayer layer : shared) {
      ConvLayer.Kept next = layer.forward(pass, y, rows.points(), null);
      if (!sharedKept.isEmpty()) {
        pass.drop(y);
      }
      sharedKept.add(next);
      y = next.output();
      if (real && sharedKept.size() == 1) {
        y = DirectCoding.repeat(pass, y);
      }
    }
    Tensor most = pass.scope().tensor(pass.steps() * rows.sampleCount(), pointWidth);
    int[] winners = pass.training() ? new int[most.size()] : null;
    pass.compute().segmentMax(pass.steps(), y, rows.offsets(), most, winners);
    pass.scope().release(y);
    y = most;
    List<ConvLayer.Kept> denseKept = new ArrayList<>();
    for (ConvLayer layer : dense) {
      ConvLayer.Kept next = layer.forward(pass, y, rows.samples(), null);
      pass.drop(y);
      denseKept.add(next);
      y = next.output();
    }
    return finish(pass, y, rows, sharedKept, winners, denseKept);
  }

  private Kept finish(
      Pass pass,
      Tensor y,
      PointRows rows,
      List<ConvLayer.Kept> sharedKept,
      int[] winners,
      List<ConvLayer.Kept> denseKept) {
    Tensor spikes = pass.scope().tensor(y.shape());
    Tensor membrane = ConvLayer.activate(pass, y, spikes);
    pass.drop(y);
    pass.log().activated(pass, lastName, last.macs(rows.sampleCount()), spikes);
    Tensor pooled = pass.scope().tensor(rows.sampleCount(), width);
    pass.compute().segmentMean(pass.steps(), spikes, rows.single(), pooled);
    Tensor output = last.forward(pass, pooled);
    if (pass.training()) {
      return new Kept(output, pooled, rows, sharedKept, winners, denseKept, membrane);
    }
    pass.scope().release(spikes);
    return new Kept(output, pooled, null, null, null, null, null);
  }

  /** The gradient of x, or null if x is real-valued; dy [samples, out] is not changed. */
  Tensor backward(Pass pass, Kept kept, Tensor dy) {
    Compute compute = pass.compute();
    Tensor dPooled = last.backward(pass, kept.pooled(), dy);
    Tensor dx = pass.scope().tensor(pass.steps() * kept.rows().sampleCount(), width);
    compute.segmentMeanBackward(pass.steps(), dPooled, kept.rows().single(), dx);
    pass.scope().release(dPooled);
    dx = ConvLayer.backwardActivation(pass, kept.membrane(), dx, null);
    for (int i = dense.size() - 1; i >= 0; i--) {
      dx = dense.get(i).backward(pass, kept.dense().get(i), dx, false, null);
    }
    Tensor dMost = dx;
    dx = pass.scope().tensor(pass.steps() * kept.rows().pointCount(), pointWidth);
    compute.maxBackward(dMost, kept.winners(), dx);
    pass.scope().release(dMost);
    for (int i = shared.size() - 1; i > 0; i--) {
      dx = shared.get(i).backward(pass, kept.shared().get(i), dx, false, null);
    }
    Tensor first = real ? DirectCoding.sum(pass, dx) : dx;
    return shared.get(0).backward(pass, kept.shared().get(0), first, false, null);
  }
}
