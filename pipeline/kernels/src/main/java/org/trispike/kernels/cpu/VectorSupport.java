package org.trispike.kernels.cpu;

/** Whether vector loops can be used: a width that the CPU lacks is a thousand times slower. */
public final class VectorSupport {
  private static final boolean PRESENT =
      ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() && Width.lanes() >= 8;

  private VectorSupport() {}

  /** This JVM has the module, and this CPU vectors of at least 256 bits. */
  public static boolean present() {
    return PRESENT;
  }

  /** Loaded only where the module is. */
  private static final class Width {
    static int lanes() {
      return jdk.incubator.vector.FloatVector.SPECIES_PREFERRED.length();
    }
  }
}
