package org.trispike.cuda;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.Loader;

/**
 * Loads native libraries. JavaCPP's class of NVRTC loads the driver first, which a machine that
 * only compiles does not have; there JavaCPP is told to load nothing, and what NVRTC needs is
 * loaded here, file after file.
 */
final class Natives {
  private static final String LOAD = "org.bytedeco.javacpp.loadlibraries";
  private static final String JAVACPP = "/org/bytedeco/javacpp/linux-x86_64/";
  private static final String CUDA = "/org/bytedeco/cuda/linux-x86_64/";
  private static final String[] COMPILER = {
    JAVACPP + "libjnijavacpp.so",
    CUDA + "libnvrtc-builtins.so.13.3",
    CUDA + "libnvrtc.so.13",
    CUDA + "libjninvrtc.so"
  };

  private Natives() {}

  /** Loads the driver, once, or else the compiler alone. */
  private static final class Loaded {
    static final LinkageError DRIVER_FAILURE = tryDriver();
  }

  private static LinkageError tryDriver() {
    try {
      Loader.load(cudart.class);
      return null;
    } catch (LinkageError e) {
      loadCompilerAlone();
      return e;
    }
  }

  private static void loadCompilerAlone() {
    System.setProperty(LOAD, "false");
    for (String library : COMPILER) {
      try {
        File file = Loader.cacheResource(Loader.class, library);
        if (file == null) {
          throw new IllegalStateException(
              "There is no " + library + " on the class path; build with -Pcuda");
        }
        System.load(file.getPath());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Whether the class path has a compiler: it has one when built with {@code -Pcuda}. */
  static boolean compilerPresent() {
    return Natives.class.getResource(COMPILER[2]) != null;
  }

  /** Loads what there is to load; another call does nothing. */
  static void prepare() {
    if (!compilerPresent()) {
      throw new IllegalStateException("There is no NVRTC on the class path; build with -Pcuda");
    }
    driver();
  }

  /** Whether kernels can run here. */
  static boolean driver() {
    return Loaded.DRIVER_FAILURE == null;
  }

  /** Why not. */
  static LinkageError driverFailure() {
    return Loaded.DRIVER_FAILURE;
  }
}
