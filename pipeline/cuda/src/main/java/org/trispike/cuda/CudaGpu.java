package org.trispike.cuda;

import static org.bytedeco.cuda.global.cudart.CUDA_SUCCESS;
import static org.bytedeco.cuda.global.cudart.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR;
import static org.bytedeco.cuda.global.cudart.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR;
import static org.bytedeco.cuda.global.cudart.CU_DEVICE_ATTRIBUTE_GLOBAL_MEMORY_BUS_WIDTH;
import static org.bytedeco.cuda.global.cudart.CU_DEVICE_ATTRIBUTE_MEMORY_CLOCK_RATE;
import static org.bytedeco.cuda.global.cudart.CU_STREAM_DEFAULT;
import static org.bytedeco.cuda.global.cudart.cuCtxSetCurrent;
import static org.bytedeco.cuda.global.cudart.cuDeviceGet;
import static org.bytedeco.cuda.global.cudart.cuDeviceGetAttribute;
import static org.bytedeco.cuda.global.cudart.cuDeviceGetName;
import static org.bytedeco.cuda.global.cudart.cuDevicePrimaryCtxRelease;
import static org.bytedeco.cuda.global.cudart.cuDevicePrimaryCtxRetain;
import static org.bytedeco.cuda.global.cudart.cuDriverGetVersion;
import static org.bytedeco.cuda.global.cudart.cuInit;
import static org.bytedeco.cuda.global.cudart.cuStreamCreate;
import static org.bytedeco.cuda.global.cudart.cuStreamDestroy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.bytedeco.cuda.cudart.CUctx_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.trispike.vq.cuda.CubinCompiler;
import org.trispike.vq.cuda.CudaProgram;
import org.trispike.vq.cuda.CudaRuntime;
import org.trispike.vq.cuda.DeviceTensor;
import org.trispike.vq.cuda.Gpu;
import org.trispike.vq.plan.Architecture;

/** The first device of the driver. Of one thread: a context is current where it was opened. */
final class CudaGpu implements Gpu {
  /** What machine code of NVRTC 13 asks of a driver, as drivers number it: release 580. */
  private static final int LEAST_DRIVER = 13000;

  private final CubinCompiler compiler;
  private final int device;
  private final String name;
  private final Architecture architecture;
  private final CUctx_st context = new CUctx_st();
  private final CUstream_st stream = new CUstream_st();
  private final Stopwatch stopwatch;

  private CudaGpu(CubinCompiler compiler, int device) {
    this.compiler = compiler;
    this.device = device;
    byte[] text = new byte[256];
    Driver.check(cuDeviceGetName(text, text.length, device), "cuDeviceGetName");
    this.name = new String(text, StandardCharsets.UTF_8).trim();
    int capability =
        10 * attribute(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR)
            + attribute(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR);
    this.architecture =
        Architecture.named("sm_" + capability)
            .orElseThrow(
                () ->
                    new CudaRuntime.Missing(
                        name + " is sm_" + capability + ", which no plan is made for", null));
    Driver.check(cuDevicePrimaryCtxRetain(context, device), "cuDevicePrimaryCtxRetain");
    Driver.check(cuCtxSetCurrent(context), "cuCtxSetCurrent");
    // Not one that is NON_BLOCKING: kernels have to wait for copies and fills, which are queued in
    // the null stream and may return before they are done.
    Driver.check(cuStreamCreate(stream, CU_STREAM_DEFAULT), "cuStreamCreate");
    this.stopwatch = new Stopwatch(stream);
  }

  /** Opens the device and has it compute something. */
  static CudaGpu open(CubinCompiler compiler) {
    int[] device = new int[1];
    int result = cuInit(0);
    if (result != CUDA_SUCCESS || cuDeviceGet(device, 0) != CUDA_SUCCESS) {
      throw new CudaRuntime.Missing("The CUDA driver has no device (cuInit: " + result + ")", null);
    }
    int[] version = new int[1];
    Driver.check(cuDriverGetVersion(version), "cuDriverGetVersion");
    if (version[0] < LEAST_DRIVER) {
      throw new CudaRuntime.Missing(
          "The driver is of CUDA %d.%d, which does not load machine code of CUDA 13"
              .formatted(version[0] / 1000, version[0] % 1000 / 10),
          null);
    }
    CudaGpu gpu = new CudaGpu(compiler, device[0]);
    SelfTest.run(gpu.compiler, gpu.architecture, gpu.stream);
    return gpu;
  }

  private int attribute(int which) {
    int[] value = new int[1];
    Driver.check(cuDeviceGetAttribute(value, which, device), "cuDeviceGetAttribute");
    return value[0];
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Architecture architecture() {
    return architecture;
  }

  /** Both edges of the clock move a bit of each line. */
  @Override
  public double peakBandwidth() {
    double hertz = 1e3 * attribute(CU_DEVICE_ATTRIBUTE_MEMORY_CLOCK_RATE);
    return 2 * hertz * attribute(CU_DEVICE_ATTRIBUTE_GLOBAL_MEMORY_BUS_WIDTH) / Byte.SIZE;
  }

  @Override
  public Loaded load(CudaProgram program, DeviceTensor tensor, byte[] input) {
    return new LoadedProgram(program, tensor, input, compiler, architecture, stream, stopwatch);
  }

  @Override
  public Optional<Loaded> dense(int rows, int columns, int batch, byte[] weights, byte[] input) {
    try {
      return Optional.of(
          new CublasProduct(rows, columns, batch, weights, input, stream, stopwatch));
    } catch (LinkageError e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    stopwatch.close();
    Driver.check(cuStreamDestroy(stream), "cuStreamDestroy");
    Driver.check(cuDevicePrimaryCtxRelease(device), "cuDevicePrimaryCtxRelease");
  }
}
