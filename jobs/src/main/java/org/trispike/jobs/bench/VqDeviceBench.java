package org.trispike.jobs.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.trispike.vq.VqConfigs;
import org.trispike.vq.VqTensor;
import org.trispike.vq.cuda.CubinCompiler;
import org.trispike.vq.cuda.CudaPlanner;
import org.trispike.vq.cuda.CudaProgram;
import org.trispike.vq.cuda.DeviceTensor;
import org.trispike.vq.cuda.Gpu;
import org.trispike.vq.plan.Level;
import org.trispike.vq.plan.Op;
import org.trispike.vq.plan.Plan;
import org.trispike.vq.plan.Problem;

/**
 * The levels of the method beside each other on one device, with AQLM's way of replicated entries
 * and cuBLAS on numbers of half precision where they apply. All take turns, each run with cold
 * caches; before that each result is compared with one in double precision.
 */
final class VqDeviceBench {
  private static final int RUNS_OF_TURN = 10;
  private static final int MOST_TURNS = 50;

  private final PrintStream out;
  private final Gpu gpu;
  private final CubinCompiler compiler;
  private final double seconds;
  private final RepeatedCodes codes = new RepeatedCodes();

  VqDeviceBench(PrintStream out, Gpu gpu, CubinCompiler compiler, double seconds) {
    this.out = out;
    this.gpu = gpu;
    this.compiler = compiler;
    this.seconds = seconds;
  }

  /**
   * One that is timed.
   *
   * @param bytes that it has to move at least: operands and results, each once, and parts twice
   */
  private record Contender(String name, Gpu.Loaded loaded, long bytes) {}

  void run(List<Problem> problems) {
    print(
        "%s (%s), memory of %.0f GB/s; %s",
        gpu.name(), gpu.architecture().name(), gpu.peakBandwidth() * 1e-9, compiler.identity());
    print("Best / median; bytes that have to be moved, over the best time; as often as fast as GC");
    problems.forEach(this::compare);
  }

  private void compare(Problem problem) {
    VqTensor tensor = codes.of(problem);
    VqOperands operands = new VqOperands(problem, tensor);
    List<Contender> contenders = new ArrayList<>();
    try {
      for (Level level : Level.values()) {
        contenders.add(contender(problem, level, tensor, operands));
      }
      if (problem.op() == Op.GEMV && problem.config().equals(VqConfigs.AQLM_2X8)) {
        contenders.add(replicated(problem, tensor, operands));
      }
      if (!problem.op().onCache()) {
        dense(problem, operands).ifPresent(contenders::add);
      }
      contenders.forEach(c -> operands.check(c.name(), c.loaded().output()));
      report(problem, contenders, timings(contenders));
    } finally {
      contenders.forEach(contender -> contender.loaded().close());
    }
  }

  private Contender contender(Problem problem, Level level, VqTensor tensor, VqOperands operands) {
    CudaProgram program =
        new CudaPlanner(compiler, gpu.architecture()).plan(problem, level).program();
    return contender(level.name(), program, tensor, operands);
  }

  private Contender replicated(Problem problem, VqTensor tensor, VqOperands operands) {
    Plan plan = new CudaPlanner(compiler, gpu.architecture()).plan(problem, Level.GC).plan();
    return contender("replicated", CudaProgram.replicated(plan), tensor, operands);
  }

  private Contender contender(
      String name, CudaProgram program, VqTensor tensor, VqOperands operands) {
    DeviceTensor device = DeviceTensor.of(program.plan(), tensor);
    byte[] input = operands.input();
    long bytes =
        (long) device.codes().length
            + device.books().length
            + input.length
            + program.outputBytes()
            + 2 * program.partialBytes();
    return new Contender(name, gpu.load(program, device, input), bytes);
  }

  private Optional<Contender> dense(Problem problem, VqOperands operands) {
    byte[] weights = operands.dense();
    byte[] input = operands.input();
    long bytes = (long) weights.length + input.length + 2L * problem.batch() * problem.rows();
    return gpu.dense(problem.rows(), problem.columns(), problem.batch(), weights, input)
        .map(loaded -> new Contender("cuBLAS fp16", loaded, bytes));
  }

  private List<Timing> timings(List<Contender> contenders) {
    List<DoubleStream.Builder> times =
        contenders.stream().map(c -> DoubleStream.builder()).toList();
    double spent = 0;
    for (int turn = 0; turn < MOST_TURNS && spent < seconds * contenders.size(); turn++) {
      for (int i = 0; i < contenders.size(); i++) {
        for (double time : contenders.get(i).loaded().seconds(RUNS_OF_TURN)) {
          times.get(i).add(time);
          spent += time;
        }
      }
    }
    return times.stream().map(t -> Timing.of(t.build().toArray())).toList();
  }

  private void report(Problem problem, List<Contender> contenders, List<Timing> timings) {
    print("");
    print(
        "%s of %s, %d x %d, %s %d",
        problem.op().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        problem.config().name(),
        problem.rows(),
        problem.columns(),
        problem.op().onCache() ? "heads" : "batch",
        problem.op().onCache() ? problem.heads() : problem.batch());
    for (int i = 0; i < contenders.size(); i++) {
      Contender contender = contenders.get(i);
      Timing time = timings.get(i);
      double bandwidth = contender.bytes() / time.best();
      print(
          "  %-12s %9.1f / %9.1f us  %8.2f MB  %7.1f GB/s  %5.1f %% of memory  %5.2f of GC",
          contender.name(),
          time.best() * 1e6,
          time.median() * 1e6,
          contender.bytes() * 1e-6,
          bandwidth * 1e-9,
          100 * bandwidth / gpu.peakBandwidth(),
          timings.get(0).median() / time.median());
    }
  }

  private void print(String format, Object... values) {
    out.printf(Locale.ROOT, format + "%n", values);
  }
}
