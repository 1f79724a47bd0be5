package org.trispike.cuda;

import static org.bytedeco.cuda.global.cudart.cuStreamSynchronize;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.trispike.vq.cuda.CubinCompiler;
import org.trispike.vq.cuda.CudaKernel;
import org.trispike.vq.cuda.CudaRuntime;
import org.trispike.vq.cuda.Launch;
import org.trispike.vq.plan.Architecture;

/**
 * A kernel whose result is known. There are reports of drivers and compilers of different
 * generations with which kernels start without an error and write nothing.
 */
final class SelfTest {
  private static final int COUNT = 1000;
  private static final CudaKernel KERNEL =
      new CudaKernel(
          "vq_self_test",
          """
          extern "C" __global__ void vq_self_test(int* out, int count) {
            extern __shared__ int reversed[];
            reversed[blockDim.x - 1 - threadIdx.x] = threadIdx.x;
            __syncthreads();
            int i = blockIdx.x * blockDim.x + threadIdx.x;
            if (i < count) {
              out[i] = 3 * i + reversed[threadIdx.x];
            }
          }
          """,
          128,
          0,
          128 * Integer.BYTES);

  private SelfTest() {}

  static void run(CubinCompiler compiler, Architecture architecture, CUstream_st stream) {
    Launch launch = new Launch(KERNEL, List.of(8, 1, 1), List.of(Launch.Buffer.OUTPUT, COUNT));
    try (DeviceMemory memory = new DeviceMemory(COUNT * Integer.BYTES);
        LoadedKernel kernel =
            new LoadedKernel(
                compiler.compile(KERNEL, architecture),
                launch,
                Map.of(Launch.Buffer.OUTPUT, memory))) {
      kernel.launch(stream);
      Driver.check(cuStreamSynchronize(stream), "cuStreamSynchronize");
      ByteBuffer out = ByteBuffer.wrap(memory.read()).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < COUNT; i++) {
        int expected = 3 * i + KERNEL.threads() - 1 - i % KERNEL.threads();
        if (out.getInt(i * Integer.BYTES) != expected) {
          throw new CudaRuntime.Missing(
              "A kernel that was to write %d at %d wrote %d: driver and compiler do not fit"
                  .formatted(expected, i, out.getInt(i * Integer.BYTES)),
              null);
        }
      }
    }
  }
}
