package org.trispike.jobs.bench;

import java.util.Locale;
import org.trispike.datasets.UserError;
import org.trispike.kernels.cpu.VectorSupport;

/**
 * What one core can do at best, measured now.
 *
 * @param flops floating-point operations a second, by fused multiply-adds on registers alone
 * @param copyBytes bytes read and written a second by a copy that no cache holds
 */
record Machine(double flops, double copyBytes) {
  private static final int COPIED = 1 << 24;

  /** Enough for the loops to be compiled. */
  private static final double LEAST_SECONDS = 0.7;

  /**
   * @param seconds for each figure, as for those that stand beside it: a neighbour on the same core
   *     may take a part of it for seconds
   */
  static Machine measure(double seconds) {
    if (!VectorSupport.present()) {
      throw UserError.environment(
          "The kernels to measure are those with vectors, and this JVM has no jdk.incubator.vector"
              + " (--add-modules) or this CPU no 256-bit vectors",
          null);
    }
    float[] from = new float[COPIED];
    float[] to = new float[COPIED];
    double time = Math.max(LEAST_SECONDS, seconds);
    double copy = Timing.of(time, () -> System.arraycopy(from, 0, to, 0, COPIED)).best();
    double peak = Timing.of(time, FmaPeak::run).best();
    return new Machine(FmaPeak.operations() / peak, 2.0 * Float.BYTES * COPIED / copy);
  }

  String text() {
    return String.format(
        Locale.ROOT,
        "one core: multiply-adds at %.0f GFLOP/s, copies at %.1f GB/s (read and written)",
        flops * 1e-9,
        copyBytes * 1e-9);
  }
}
