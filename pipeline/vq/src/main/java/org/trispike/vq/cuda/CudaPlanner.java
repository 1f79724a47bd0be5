package org.trispike.vq.cuda;

import org.trispike.vq.plan.Architecture;
import org.trispike.vq.plan.Boundaries;
import org.trispike.vq.plan.Level;
import org.trispike.vq.plan.Plan;
import org.trispike.vq.plan.Planner;
import org.trispike.vq.plan.Problem;
import org.trispike.vq.plan.ResourceReport;

/**
 * Plans with what the compiler says: first the kernel is compiled with one entry cached, so that
 * the code which tells tiers apart counts, then planned for the slack that this report leaves, and
 * compiled again. Should the compiler need more than the plan grants, entries leave the registers,
 * half of them at a time.
 */
public final class CudaPlanner {
  /** Any will do: split and fusion, which the first compilation is for, do not depend on it. */
  private static final ResourceReport UNKNOWN = new ResourceReport(256, 32, 0);

  private static final Boundaries ONE = new Boundaries(0, 1);

  private final CubinCompiler compiler;
  private final Architecture gpu;

  public CudaPlanner(CubinCompiler compiler, Architecture gpu) {
    this.compiler = compiler;
    this.gpu = gpu;
  }

  /**
   * A program that is ready to run.
   *
   * @param kernel what the kernel takes without codebook, as the planner was told
   * @param cubin of the operation's kernel
   */
  public record Planned(CudaProgram program, ResourceReport kernel, Cubin cubin) {
    /** The plan that the program carries out. */
    public Plan plan() {
      return program.plan();
    }
  }

  /** The plan of one level, and its kernel. */
  public Planned plan(Problem problem, Level level) {
    Planner planner = new Planner(gpu);
    Plan draft = planner.plan(problem, level, UNKNOWN);
    ResourceReport report = report(draft.with(level == Level.GC ? Boundaries.NONE : ONE));
    Plan plan = planner.plan(problem, level, report);
    Planned planned = compile(plan, report);
    while (!planned.cubin().resources().inRegisters() && plan.boundaries().registers() > 0) {
      plan = plan.with(fewer(plan.boundaries()));
      planned = compile(plan, report);
    }
    return planned;
  }

  private ResourceReport report(Plan plan) {
    CudaKernel kernel = CudaProgram.of(plan).operation();
    return compiler.compile(kernel, gpu).resources().report(kernel);
  }

  private Planned compile(Plan plan, ResourceReport report) {
    CudaProgram program = CudaProgram.of(plan);
    return new Planned(program, report, compiler.compile(program.operation(), gpu));
  }

  /** Half of the registers' entries; as many as before in shared memory. */
  private static Boundaries fewer(Boundaries boundaries) {
    int registers = boundaries.registers() / 2;
    return new Boundaries(registers, boundaries.shared() - boundaries.registers() + registers);
  }
}
