package org.nd4j.nativeblas;

/**
 * The class that DL4J 1.0.0-M2.1 asks, by this very name, whether it may use oneDNN. It moved to
 * {@code org.nd4j.linalg.cpu.nativecpu.bindings} in ND4J, and DL4J was not told: without this twin
 * its convolutions run ten times slower (a fit of two 64-channel layers 1040 ms in the place of 92
 * to 111 ms), with the same results to 3e-7.
 *
 * <p>It works together with the property {@code org.eclipse.deeplearning4j.helpers.disable=false}.
 * To be deleted with the first DL4J that asks the right class.
 */
public final class Nd4jCpu {
  private Nd4jCpu() {}

  /** The two methods that DL4J calls, by reflection. */
  public static final class Environment {
    private static final Environment INSTANCE = new Environment();

    private Environment() {}

    public static Environment getInstance() {
      return INSTANCE;
    }

    /** What the real class of the backend says. */
    public boolean isUseMKLDNN() {
      return org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu.Environment.getInstance().isUseONEDNN();
    }
  }
}
