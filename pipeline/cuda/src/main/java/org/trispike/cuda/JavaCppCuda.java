package org.trispike.cuda;

import org.trispike.vq.cuda.CubinCompiler;
import org.trispike.vq.cuda.CudaRuntime;
import org.trispike.vq.cuda.Gpu;

/** NVRTC and the driver, by way of JavaCPP. */
public final class JavaCppCuda implements CudaRuntime {

  /** For the service loader. */
  public JavaCppCuda() {}

  @Override
  public CubinCompiler compiler() {
    return Nvrtc.load();
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
