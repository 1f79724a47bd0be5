package org.trispike.spiking;

import java.util.ArrayList;
import java.util.List;
import org.trispike.kernels.Rulebook;
import org.trispike.kernels.Tensor;

/**
 * Three submanifold convolutions from features to membranes. Where the real-valued input is the
 * same in each time step (direct coding), the first convolution and its norm run once and are
 * repeated: the statistics over T equal slabs are those of one. Points in windows of time have an
 * input of their own in each step.
 */
final class Stem {
  private final List<ConvLayer> layers;

  Stem(ParameterLayout.Builder layout, Form form, int features, int width) {
    layers =
        List.of(
            new ConvLayer(layout, form, "stem.0", features, width, 27, false),
            new ConvLayer(layout, form, "stem.1", width, width, 27, true),
            new ConvLayer(layout, form, "stem.2", width, width, 27, true));
  }

  record Kept(List<ConvLayer.Kept> layers) {
    Tensor output() {
      return layers.get(layers.size() - 1).output();
    }
  }

  /** Membranes [steps · sites, width] of features [sites, 6], or [steps · sites, 6]. */
  Kept forward(Pass pass, Tensor features, Rulebook rulebook) {
    List<ConvLayer.Kept> kept = new ArrayList<>();
    ConvLayer.Kept first = layers.get(0).forward(pass, features, rulebook, null);
    kept.add(first);
    boolean same = features.rows() == rulebook.inRows();
    Tensor x = same ? DirectCoding.repeat(pass, first.output()) : first.output();
    for (ConvLayer layer : layers.subList(1, layers.size())) {
      ConvLayer.Kept next = layer.forward(pass, x, rulebook, null);
      pass.drop(x);
      kept.add(next);
      x = next.output();
    }
    return new Kept(kept);
  }

  /** Uses dy up. */
  void backward(Pass pass, Kept kept, Tensor dy) {
    for (int i = layers.size() - 1; i > 0; i--) {
      dy = layers.get(i).backward(pass, kept.layers().get(i), dy, false, null);
    }
    ConvLayer.Kept first = kept.layers().get(0);
    boolean same = first.input().rows() == first.rulebook().inRows();
    layers.get(0).backward(pass, first, same ? DirectCoding.sum(pass, dy) : dy, false, null);
  }
}
