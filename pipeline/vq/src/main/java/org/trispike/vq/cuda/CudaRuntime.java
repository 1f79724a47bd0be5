package org.trispike.vq.cuda;

import java.util.Optional;
import java.util.ServiceLoader;

/** What compiles kernels and finds devices; there where Trispike was built with {@code -Pcuda}. */
public interface CudaRuntime {

  /** Whether what it loads is on the class path. Its own classes are there in every build. */
  boolean present();

  /** Compiles without a device. */
  CubinCompiler compiler();

  /**
   * The first device, after a kernel that tests it. Throws {@link Missing} where there is none that
   * kernels can run on.
   */
  Gpu open();

  /** Of the class path; empty after a build without {@code -Pcuda}. */
  static Optional<CudaRuntime> find() {
    return ServiceLoader.load(CudaRuntime.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(CudaRuntime::present)
        .findFirst();
  }

  /** There is no driver, no device, or none that computes. */
  final class Missing extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Missing(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
