package org.trispike.spiking;

import java.util.ArrayList;
import java.util.List;
import org.trispike.kernels.Tensor;
import org.trispike.kernels.VoxelPyramid;

/** One resolution: a strided convolution that halves it, then membrane blocks. */
final class Stage {
  private final ConvLayer down;
  private final List<MembraneBlock> blocks = new ArrayList<>();

  Stage(ParameterLayout.Builder layout, Form form, String name, int in, int width, int depth) {
    down = new ConvLayer(layout, form, name + ".down", in, width, 8, true);
    for (int i = 0; i < depth; i++) {
      blocks.add(new MembraneBlock(layout, form, name + ".block" + i, width));
    }
  }

  record Kept(ConvLayer.Kept down, List<MembraneBlock.Kept> blocks) {
    Tensor output() {
      return blocks.isEmpty() ? down.output() : blocks.get(blocks.size() - 1).output();
    }
  }

  /** Membranes of this level from those of the finer one, which are used up in inference. */
  Kept forward(Pass pass, Tensor x, VoxelPyramid.Level level) {
    ConvLayer.Kept first = down.forward(pass, x, level.down(), null);
    pass.drop(x);
    List<MembraneBlock.Kept> kept = new ArrayList<>();
    Tensor y = first.output();
    for (MembraneBlock block : blocks) {
      MembraneBlock.Kept next = block.forward(pass, y, level.submanifold());
      kept.add(next);
      y = next.output();
    }
    return new Kept(first, kept);
  }

  /** The gradient of the finer level's membranes; uses dy up. */
  Tensor backward(Pass pass, Kept kept, Tensor dy) {
    for (int i = blocks.size() - 1; i >= 0; i--) {
      dy = blocks.get(i).backward(pass, kept.blocks().get(i), dy);
    }
    return down.backward(pass, kept.down(), dy, false, null);
  }
}
