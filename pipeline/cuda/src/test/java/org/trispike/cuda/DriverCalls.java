package org.trispike.cuda;

import java.util.Arrays;
import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.PackedCodes;
import org.trispike.vq.TrainedCodebooks;
import org.trispike.vq.VqConfigs;
import org.trispike.vq.VqTensor;
import org.trispike.vq.cuda.CudaPlanner;
import org.trispike.vq.cuda.CudaRuntime;
import org.trispike.vq.cuda.DeviceTensor;
import org.trispike.vq.cuda.Gpu;
import org.trispike.vq.plan.Level;
import org.trispike.vq.plan.Op;
import org.trispike.vq.plan.Problem;

/** What {@link DriverCallsTest} starts in a process of its own, whose driver is a fake. */
public final class DriverCalls {
  private DriverCalls() {}

  /** Runs a GeMV once and times it twice. */
  public static void main(String[] args) {
    CudaRuntime runtime = CudaRuntime.find().orElseThrow();
    try (Gpu gpu = runtime.open()) {
      System.out.println(gpu.name() + " " + gpu.architecture().name());
      Problem problem = Problem.weights(Op.GEMV, VqConfigs.PQ4, 140, 64, 1);
      PackedCodes.Builder codes = new PackedCodes.Builder(4, 140 * 16);
      for (int i = 0; i < 140 * 16; i++) {
        codes.set(i, i % 16);
      }
      VqTensor tensor =
          new VqTensor(
              VqConfigs.PQ4,
              140,
              64,
              new TrainedCodebooks(
                  new FloatArray(new int[] {16, 1, 16, 4}, new float[16 * 16 * 4])),
              codes.build(),
              null);
      CudaPlanner.Planned planned =
          new CudaPlanner(runtime.compiler(), gpu.architecture()).plan(problem, Level.GC);
      byte[] input = new byte[2 * 64];
      input[0] = 0x34;
      input[1] = 0x12;
      try (Gpu.Loaded loaded =
          gpu.load(planned.program(), DeviceTensor.of(planned.plan(), tensor), input)) {
        byte[] output = loaded.output();
        System.out.println(output.length + " bytes, the last " + output[output.length - 1]);
        System.out.println(Arrays.toString(loaded.seconds(2)));
      }
    } catch (CudaRuntime.Missing e) {
      System.out.println(e.getMessage());
    }
  }
}
