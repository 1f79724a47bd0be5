package org.trispike.cuda;

import java.nio.file.Path;
import org.trispike.vq.cuda.CubinCache;
import org.trispike.vq.cuda.CubinCompiler;
import org.trispike.vq.cuda.CudaRuntime;
import org.trispike.vq.cuda.Gpu;

/** NVRTC and the driver, by way of JavaCPP. */
public final class JavaCppCuda implements CudaRuntime {
  private static final Path CACHE =
      Path.of(System.getProperty("user.home"), ".cache", "trispike", "cubins");

  /** For the service loader. */
  public JavaCppCuda() {}

  @Override
  public boolean present() {
    return Natives.compilerPresent();
  }

  @Override
  public CubinCompiler compiler() {
    return new CubinCache(Nvrtc.load(), CACHE);
  }

  @Override
  public Gpu open() {
    if (!Natives.driver()) {
      throw new Missing(
          "There is no CUDA driver (libcuda.so.1, 580 or newer)", Natives.driverFailure());
    }
    return CudaGpu.open(compiler());
  }
}
