package org.trispike.vq.cpu;

import java.util.ArrayList;
import java.util.List;
import org.trispike.kernels.KeyedRandom;
import org.trispike.vq.CodebookKind;
import org.trispike.vq.CodebookScope;
import org.trispike.vq.Matrices;
import org.trispike.vq.VqConfig;
import org.trispike.vq.VqConfigs;
import org.trispike.vq.VqTensor;
import org.trispike.vq.oracle.Oracle;

/** Configurations, and what their products have to be. */
final class Codes {
  static final VqConfig SCALAR_4 = VqConfig.trained("vq-1-4-1", 1, 4, 1, CodebookScope.tensor());
  static final VqConfig PAIRS_4 = VqConfig.trained("vq-2-4-2", 2, 4, 2, CodebookScope.tensor());
  static final VqConfig PAIRS_2 = VqConfig.trained("vq-2-4-1", 2, 4, 1, CodebookScope.tensor());

  private Codes() {}

  /** The presets, those for language models, and odd ones: tiles, long vectors, few entries. */
  static List<VqConfig> configs() {
    List<VqConfig> configs = new ArrayList<>(VqConfigs.all());
    configs.add(SCALAR_4);
    configs.add(PAIRS_4);
    configs.add(new VqConfig("points", 8, 16, 1, CodebookScope.tile(9, 16), CodebookKind.E8P));
    configs.add(VqConfig.trained("tiles", 2, 4, 2, CodebookScope.tile(5, 6)));
    configs.add(VqConfig.trained("long", 64, 6, 2, CodebookScope.tile(40, 128)));
    configs.add(VqConfig.trained("few", 4, 2, 3, CodebookScope.channelGroup(8)));
    configs.add(VqConfig.trained("rows", 16, 10, 1, CodebookScope.tile(3, CodebookScope.ALL)));
    return configs;
  }

  /** Half of the sizes are below a vector, a tile and a part, half above some. */
  static int size(KeyedRandom random) {
    return 1 + random.nextInt(random.nextInt(2) == 0 ? 24 : 300);
  }

  static double[] exact(VqTensor tensor, float[] x) {
    double[] doubles = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      doubles[i] = x[i];
    }
    return Oracle.gemv(tensor, doubles);
  }

  static float[] activations(long key, int columns) {
    return Matrices.gaussian(key, 1, columns).data();
  }
}
