package org.trispike.cuda;

import static org.bytedeco.cuda.global.cudart.CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES;
import static org.bytedeco.cuda.global.cudart.cuFuncSetAttribute;
import static org.bytedeco.cuda.global.cudart.cuLaunchKernel;
import static org.bytedeco.cuda.global.cudart.cuModuleGetFunction;
import static org.bytedeco.cuda.global.cudart.cuModuleLoadData;
import static org.bytedeco.cuda.global.cudart.cuModuleUnload;

import java.util.List;
import java.util.Map;
import org.bytedeco.cuda.cudart.CUfunc_st;
import org.bytedeco.cuda.cudart.CUmod_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.trispike.vq.cuda.Cubin;
import org.trispike.vq.cuda.CudaKernel;
import org.trispike.vq.cuda.Launch;

/** A launch that can be repeated: its module is loaded, its arguments lie ready. */
final class LoadedKernel implements AutoCloseable {
  private final CudaKernel kernel;
  private final List<Integer> grid;
  private final CUmod_st module = new CUmod_st();
  private final CUfunc_st function = new CUfunc_st();
  private final PointerPointer<Pointer> arguments;

  /** The driver reads arguments at each launch, so they have to live as long as this. */
  private final Pointer[] values;

  LoadedKernel(Cubin cubin, Launch launch, Map<Launch.Buffer, DeviceMemory> buffers) {
    this.kernel = launch.kernel();
    this.grid = launch.grid();
    try (BytePointer image = new BytePointer(cubin.image())) {
      Driver.check(cuModuleLoadData(module, image), "cuModuleLoadData of " + kernel.name());
    }
    Driver.check(cuModuleGetFunction(function, module, kernel.name()), "cuModuleGetFunction");
    Driver.check(
        cuFuncSetAttribute(
            function, CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES, kernel.sharedBytes()),
        "cuFuncSetAttribute of " + kernel.sharedBytes() + " bytes");
    this.values =
        launch.arguments().stream()
            .map(
                argument ->
                    argument instanceof Launch.Buffer buffer
                        ? new LongPointer(1).put(buffers.get(buffer).address)
                        : new IntPointer(1).put((Integer) argument))
            .toArray(Pointer[]::new);
    this.arguments = new PointerPointer<>(values);
  }

  /** Queues it. */
  void launch(CUstream_st stream) {
    Driver.check(
        cuLaunchKernel(
            function,
            grid.get(0),
            grid.get(1),
            grid.get(2),
            kernel.threads(),
            1,
            1,
            kernel.sharedBytes(),
            stream,
            arguments,
            new PointerPointer<>()),
        "cuLaunchKernel of " + kernel.name());
  }

  @Override
  public void close() {
    Driver.check(cuModuleUnload(module), "cuModuleUnload");
    arguments.close();
    for (Pointer value : values) {
      value.close();
    }
  }
}
