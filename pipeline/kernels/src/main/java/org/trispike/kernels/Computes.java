package org.trispike.kernels;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.trispike.kernels.cpu.CpuCompute;

/** Chooses a {@link Compute} for this machine. */
public final class Computes {
  private static final Logger LOG = System.getLogger(Computes.class.getName());
  private static final AtomicBoolean TOLD = new AtomicBoolean();

  private Computes() {}

  /**
   * The fastest CPU implementation here, on {@code threads} threads: the Vector API where its
   * module is present and the CPU has at least 256-bit vectors, else plain loops, which it says
   * once.
   */
  public static Compute cpu(int threads) {
    Optional<Compute> vector = CpuCompute.vector(threads);
    if (vector.isEmpty() && TOLD.compareAndSet(false, true)) {
      LOG.log(
          Level.WARNING,
          "No Vector API here: kernels run as scalar loops, many times slower."
              + " Start the JVM with --add-modules jdk.incubator.vector");
    }
    return vector.orElseGet(() -> scalar(threads));
  }

  /** Plain loops on one thread: the twin that the vector loops are tested against. */
  public static Compute scalar() {
    return scalar(1);
  }

  /** Plain loops on {@code threads} threads. */
  public static Compute scalar(int threads) {
    return CpuCompute.scalar(threads);
  }
}
