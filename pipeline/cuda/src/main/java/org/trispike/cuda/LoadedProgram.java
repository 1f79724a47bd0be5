package org.trispike.cuda;

import static org.bytedeco.cuda.global.cudart.cuStreamSynchronize;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.trispike.vq.cuda.CubinCompiler;
import org.trispike.vq.cuda.CudaProgram;
import org.trispike.vq.cuda.DeviceTensor;
import org.trispike.vq.cuda.Gpu;
import org.trispike.vq.cuda.Launch;
import org.trispike.vq.plan.Architecture;

/** A program's kernels and buffers on the device. */
final class LoadedProgram implements Gpu.Loaded {
  private final Map<Launch.Buffer, DeviceMemory> buffers = new EnumMap<>(Launch.Buffer.class);
  private final List<LoadedKernel> kernels = new ArrayList<>();
  private final CUstream_st stream;
  private final Stopwatch stopwatch;

  LoadedProgram(
      CudaProgram program,
      DeviceTensor tensor,
      byte[] input,
      CubinCompiler compiler,
      Architecture architecture,
      CUstream_st stream,
      Stopwatch stopwatch) {
    this.stream = stream;
    this.stopwatch = stopwatch;
    buffers.put(Launch.Buffer.CODES, DeviceMemory.of(tensor.codes()));
    buffers.put(Launch.Buffer.BOOKS, DeviceMemory.of(tensor.books()));
    buffers.put(Launch.Buffer.INPUT, DeviceMemory.of(input));
    buffers.put(Launch.Buffer.PARTIAL, new DeviceMemory(program.partialBytes()));
    buffers.put(Launch.Buffer.OUTPUT, new DeviceMemory(program.outputBytes()));
    for (Launch launch : program.launches()) {
      kernels.add(
          new LoadedKernel(compiler.compile(launch.kernel(), architecture), launch, buffers));
    }
  }

  private void queue() {
    kernels.forEach(kernel -> kernel.launch(stream));
  }

  @Override
  public byte[] output() {
    queue();
    Driver.check(cuStreamSynchronize(stream), "cuStreamSynchronize");
    return buffers.get(Launch.Buffer.OUTPUT).read();
  }

  @Override
  public double[] seconds(int runs) {
    return stopwatch.seconds(runs, this::queue);
  }

  @Override
  public void close() {
    kernels.forEach(LoadedKernel::close);
    buffers.values().forEach(DeviceMemory::close);
  }
}
