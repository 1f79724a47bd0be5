package org.trispike.jobs.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.trispike.vq.cuda.CubinCompiler;
import org.trispike.vq.cuda.CudaKernel;
import org.trispike.vq.cuda.CudaPlanner;
import org.trispike.vq.cuda.CudaPlanner.Planned;
import org.trispike.vq.plan.Architecture;
import org.trispike.vq.plan.Boundaries;
import org.trispike.vq.plan.Level;
import org.trispike.vq.plan.Problem;
import org.trispike.vq.plan.ResourceReport;
import org.trispike.vq.plan.Slack;

/** What the machine code of planned kernels takes, by level and generation of GPU. */
final class VqResources {
  private final PrintStream out;
  private final CubinCompiler compiler;

  VqResources(PrintStream out, CubinCompiler compiler) {
    this.out = out;
    this.compiler = compiler;
  }

  void run(List<Problem> problems) {
    out.println("Machine code by " + compiler.identity() + "; nothing was run");
    out.println("Cells: registers of a thread, KB of shared memory of a block, blocks that fit a");
    out.println("multiprocessor, entries of a codebook in registers + in shared memory of all");
    out.println();
    List<Architecture> gpus = Architecture.all();
    out.println(
        "| operation | codes | level | split | "
            + gpus.stream().map(Architecture::name).collect(Collectors.joining(" | "))
            + " |");
    out.println("|" + "---|".repeat(4 + gpus.size()));
    for (Problem problem : problems) {
      for (Level level : Level.values()) {
        line(problem, level, gpus);
      }
    }
  }

  private void line(Problem problem, Level level, List<Architecture> gpus) {
    StringBuilder line = new StringBuilder();
    int split = 1;
    for (Architecture gpu : gpus) {
      Planned planned = new CudaPlanner(compiler, gpu).plan(problem, level);
      split = planned.plan().split().factor();
      line.append(" ").append(cell(planned, gpu)).append(" |");
    }
    out.printf(
        Locale.ROOT,
        "| %s | %s | %s | %d |%s%n",
        problem.op().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        problem.config().name(),
        level,
        split,
        line);
  }

  private static String cell(Planned planned, Architecture gpu) {
    CudaKernel kernel = planned.program().operation();
    int registers = planned.cubin().resources().registers();
    Boundaries boundaries = planned.plan().boundaries();
    int blocks =
        Slack.of(new ResourceReport(kernel.threads(), registers, kernel.sharedBytes()), gpu)
            .occupancy();
    return String.format(
        Locale.ROOT,
        "%d, %.1f, %d, %d + %d of %d%s",
        registers,
        kernel.sharedBytes() / 1024.0,
        blocks,
        boundaries.registers(),
        boundaries.shared() - boundaries.registers(),
        planned.plan().problem().storedEntries(),
        planned.cubin().resources().inRegisters() ? "" : ", spills");
  }
}
