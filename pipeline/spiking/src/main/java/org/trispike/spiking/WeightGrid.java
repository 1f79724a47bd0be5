package org.trispike.spiking;

/**
 * Weights of a layer that sees spikes 0..D, rounded so that no sum of them ever rounds.
 *
 * <p>In each output channel weights become multiples of a power of two q with D · max(Σ w⁺, Σ w⁻) ≤
 * 2^24 · q. Every partial sum of weights times spikes, in any order, is then a multiple of q below
 * 2^24 q, which single precision holds exactly: dense kernels, binary slots and event-driven
 * accumulation, vectors and loops, any number of threads, all end in the same bits, membranes that
 * lie on a tie included. A weight moves by q/2 at most, which leaves it about 12 to 17 bits. Cost:
 * two or three passes over the weights.
 *
 * <p>The bound takes each offset to meet an output once. Where voxels are kept twice, a strided
 * layer may exceed it, if nearly all inputs fire at D with weights of one sign.
 */
final class WeightGrid {
  /** Significant bits of single precision. */
  private static final int BITS = 24;

  /** Every float is a multiple of this power of two. */
  private static final int FINEST = -149;

  private WeightGrid() {}

  /** Rounds {@code weights} [rows, columns] in place, each column on its own grid. */
  static void snap(float[] weights, int columns, int levels) {
    for (int c = 0; c < columns; c++) {
      double bound = bound(weights, columns, c, levels, FINEST);
      if (bound > 0 && bound < Float.MAX_VALUE) {
        int exponent = Math.getExponent(bound) - BITS;
        // Rounding may raise the sums a little: then the next coarser grid holds them.
        while (bound(weights, columns, c, levels, exponent) > Math.scalb(1.0, BITS + exponent)) {
          exponent++;
        }
        for (int i = c; i < weights.length; i += columns) {
          weights[i] = (float) round(weights[i], exponent);
        }
      }
    }
  }

  /** D · max(Σ w⁺, Σ w⁻) of one column, its weights rounded to multiples of 2^exponent. */
  private static double bound(float[] weights, int columns, int column, int levels, int exponent) {
    double positive = 0;
    double negative = 0;
    for (int i = column; i < weights.length; i += columns) {
      double w = round(weights[i], exponent);
      positive += Math.max(0, w);
      negative -= Math.min(0, w);
    }
    return levels * Math.max(positive, negative);
  }

  private static double round(float weight, int exponent) {
    return Math.scalb(Math.rint(Math.scalb((double) weight, -exponent)), exponent);
  }
}
