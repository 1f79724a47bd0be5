package org.trispike.kernels.cpu;

/** Whether vector loops can be used: a width that the CPU lacks is a thousand times slower. */
public final class VectorSupport {
  private static final int LEAST_BITS = 256;
  private static final int BITS =
      ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() ? Width.bits() : 0;

  private VectorSupport() {}

  /** This JVM has the module, and this CPU vectors of at least 256 bits. */
  public static boolean present() {
    return BITS >= LEAST_BITS;
  }

  /** How wide this CPU's vectors are; 0 where this JVM lacks the module to know. */
  public static int bits() {
    return BITS;
  }

  /** Loaded only where the module is. */
  private static final class Width {
    static int bits() {
      return jdk.incubator.vector.FloatVector.SPECIES_PREFERRED.vectorBitSize();
    }
  }
}
