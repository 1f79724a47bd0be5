package org.trispike.jobs.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.trispike.datasets.UserError;
import org.trispike.vq.VqConfig;
import org.trispike.vq.VqConfigs;
import org.trispike.vq.cuda.CudaRuntime;
import org.trispike.vq.cuda.Gpu;
import org.trispike.vq.plan.Op;
import org.trispike.vq.plan.PaperTables;
import org.trispike.vq.plan.Problem;

/** Kernels on codes for GPUs: what is planned, what their machine code takes, how fast they are. */
public final class VqBench {
  /** Codes that the paper measures products with, and one that open kernels are fast on. */
  private static final List<VqConfig> WEIGHTS =
      List.of(VqConfigs.QUIP_4, VqConfigs.AQLM_3, VqConfigs.AQLM_2X8, VqConfigs.GPTVQ_2);

  private static final List<VqConfig> CACHES = List.of(VqConfigs.CQ_2, VqConfigs.CQ_4);

  private static final String BUILD = "mvn -Pcuda -DskipTests package -pl pipeline/cuda -am";

  private VqBench() {}

  /** Where to measure. */
  public enum Device {
    /** Nothing runs: decisions, and machine code where there is a compiler. */
    CPU,
    /** The first device of the CUDA driver. */
    CUDA
  }

  /**
   * Measures and prints.
   *
   * @param seconds for each figure
   */
  static void run(PrintStream out, Device device, double seconds) {
    Optional<CudaRuntime> runtime = CudaRuntime.find();
    switch (device) {
      case CPU -> plans(out, runtime);
      case CUDA -> {
        try (Gpu gpu = open(runtime)) {
          new VqDeviceBench(out, gpu, runtime.orElseThrow().compiler(), seconds).run(problems());
        }
      }
    }
  }

  private static void plans(PrintStream out, Optional<CudaRuntime> runtime) {
    out.println("Decisions of the planner, ours and what the paper prints (VQ-LLM, HPCA 2025,");
    out.println("Tables III and V; Llama-7B, sm_89)");
    out.println();
    PaperTables.header().forEach(out::println);
    PaperTables.rows().forEach(row -> out.println(row.line()));
    out.println();
    if (runtime.isEmpty()) {
      out.println("What their machine code takes is printed where CUDA is built:");
      out.println("  " + BUILD);
    } else {
      new VqResources(out, runtime.get().compiler()).run(problems());
    }
  }

  private static Gpu open(Optional<CudaRuntime> runtime) {
    if (runtime.isEmpty()) {
      throw UserError.environment(
          "CUDA is not built. Build it with "
              + BUILD
              + " (349 MB are downloaded), then run ./trispike bench vq --device cuda on a machine"
              + " with an NVIDIA GPU. Without one, --device cpu prints the plans; nothing was"
              + " measured",
          null);
    }
    try {
      return runtime.get().open();
    } catch (CudaRuntime.Missing e) {
      throw UserError.environment(
          e.getMessage()
              + ". Run this on a machine with an NVIDIA GPU of compute capability 8.0, 8.6, 8.9 or"
              + " 9.0 and a driver of release 580 or newer. Without one, --device cpu prints the"
              + " plans and what their machine code takes; nothing was measured",
          e);
    }
  }

  /** The sizes of Llama-7B. */
  static List<Problem> problems() {
    return Stream.of(Op.values())
        .flatMap(
            op ->
                (op.onCache() ? CACHES : WEIGHTS)
                    .stream().map(config -> PaperTables.llama(op, config)))
        .toList();
  }
}
