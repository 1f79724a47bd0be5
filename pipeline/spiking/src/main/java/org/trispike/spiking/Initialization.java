package org.trispike.spiking;

import org.trispike.kernels.KeyedRandom;

/**
 * Initial parameters: normal with deviation 0.02, cut at ±2, for submanifold and linear weights;
 * uniform in ±1/√(fan-in) for strided convolutions and for the maps of patches and positions
 * (Kaiming with a = √5, the default of spconv's and of pointwise convolutions); 0 for the last map
 * of a T-Net, which so begins as the identity; standard normal for the position of a class token; 1
 * for norm scales and running variances, 0 for the rest. Each parameter draws from its own stream.
 */
final class Initialization {
  private static final double DEVIATION = 0.02;
  private static final double CUT = 2;

  private Initialization() {}

  static void fill(ParameterLayout layout, float[] flat, long seed) {
    for (ParameterSpec spec : layout.parameters()) {
      KeyedRandom random = KeyedRandom.of(seed, KeyedRandom.hash(spec.name()));
      int end = spec.offset() + spec.size();
      for (int i = spec.offset(); i < end; i++) {
        flat[i] = value(spec, random);
      }
    }
  }

  private static float value(ParameterSpec spec, KeyedRandom random) {
    return switch (spec.role()) {
      case WEIGHT -> weight(spec, random);
      case BIAS -> bias(spec, random);
      case STATISTIC -> spec.name().endsWith(".variance") ? 1f : 0f;
    };
  }

  private static float bias(ParameterSpec spec, KeyedRandom random) {
    if (spec.name().equals("class.position")) {
      return (float) random.nextGaussian();
    }
    return spec.name().endsWith(".norm.weight") ? 1f : 0f;
  }

  private static boolean uniform(String name) {
    return name.endsWith(".down.conv.weight")
        || name.startsWith("patch.")
        || name.startsWith("position.");
  }

  private static float weight(ParameterSpec spec, KeyedRandom random) {
    int[] shape = spec.shape();
    if (spec.name().endsWith(".transform.weight")) {
      return 0f;
    }
    if (uniform(spec.name())) {
      double bound = 1 / Math.sqrt((double) shape[0] * shape[1]);
      return random.uniform(-bound, bound);
    }
    double draw;
    do {
      draw = DEVIATION * random.nextGaussian();
    } while (Math.abs(draw) > CUT);
    return (float) draw;
  }
}
