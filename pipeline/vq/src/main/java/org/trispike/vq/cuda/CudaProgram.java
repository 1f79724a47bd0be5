package org.trispike.vq.cuda;

import static org.trispike.vq.cuda.Launch.Buffer.BOOKS;
import static org.trispike.vq.cuda.Launch.Buffer.CODES;
import static org.trispike.vq.cuda.Launch.Buffer.INPUT;
import static org.trispike.vq.cuda.Launch.Buffer.OUTPUT;
import static org.trispike.vq.cuda.Launch.Buffer.PARTIAL;

import java.util.ArrayList;
import java.util.List;
import org.trispike.vq.CodebookScope;
import org.trispike.vq.plan.Level;
import org.trispike.vq.plan.Op;
import org.trispike.vq.plan.Plan;
import org.trispike.vq.plan.Problem;

/**
 * What a plan does on a GPU: launches one after the other. Where blocks have but parts of a sum,
 * another launch adds them; none reads back what others of its own launch write.
 *
 * <ul>
 *   <li>GeMM, GeMV: INPUT [batch, columns] of half precision to OUTPUT [batch, rows] of half.
 *   <li>Attention's keys: INPUT queries [batch, heads · channels] of half precision to PARTIAL
 *       [parts, batch, heads, tokens], scores divided by √channels whose parts are to be added, and
 *       of these OUTPUT [batch, heads, tokens], shares.
 *   <li>Attention's values: INPUT shares [batch, heads, tokens] to OUTPUT [batch, heads ·
 *       channels], both of single precision.
 * </ul>
 *
 * @param launches in their order
 * @param partialBytes size of PARTIAL; 0 where it is not used
 */
public record CudaProgram(Plan plan, List<Launch> launches, long partialBytes) {
  private static final int BATCH_OF_BLOCK = 128;

  public CudaProgram {
    launches = List.copyOf(launches);
  }

  /** The program of a plan. */
  public static CudaProgram of(Plan plan) {
    Shape shape = new Shape(plan);
    KernelSource source = new KernelSource(shape);
    return plan.problem().op().onCache() ? attention(shape, source) : product(shape, source);
  }

  /**
   * A GeMV as AQLM's own kernel does it, to compare with: all entries in shared memory, each eight
   * times, so that no look-ups share banks. Of a plan of level GC for one codebook of vectors of 8.
   */
  public static CudaProgram replicated(Plan plan) {
    Shape shape = new Shape(plan);
    if (plan.problem().op() != Op.GEMV
        || plan.level() != Level.GC
        || shape.lattice()
        || shape.config.vectorLength() != 8
        || !shape.config.scope().equals(CodebookScope.tensor())) {
      throw new IllegalArgumentException("Entries are not replicated for " + plan);
    }
    Problem problem = plan.problem();
    Launch launch =
        new Launch(
            new KernelSource(shape).replicated(),
            List.of(shape.rowBlocks(), 1, problem.batch()),
            List.of(CODES, BOOKS, INPUT, OUTPUT, problem.rows()));
    return new CudaProgram(plan, List.of(launch), 0);
  }

  /** Bytes of OUTPUT. */
  public long outputBytes() {
    Problem problem = plan.problem();
    return switch (problem.op()) {
      case GEMM, GEMV -> (long) Short.BYTES * problem.batch() * problem.rows();
      case ATTENTION_K -> (long) Float.BYTES * problem.batch() * problem.heads() * problem.rows();
      case ATTENTION_V -> (long) Float.BYTES * problem.batch() * problem.columns();
    };
  }

  /** The launch of the operation itself. */
  public CudaKernel operation() {
    return launches.get(0).kernel();
  }

  private static CudaProgram product(Shape shape, KernelSource source) {
    Problem problem = shape.problem;
    int parts = shape.partition.parts();
    boolean gemm = problem.op() == Op.GEMM;
    int blocks = gemm ? (problem.batch() - 1) / BATCH_OF_BLOCK + 1 : problem.batch();
    List<Object> arguments =
        new ArrayList<>(
            List.of(CODES, BOOKS, INPUT, parts == 1 ? OUTPUT : PARTIAL, problem.rows()));
    if (gemm) {
      arguments.add(problem.batch());
    }
    Launch first =
        new Launch(source.operation(), List.of(shape.rowBlocks(), parts, blocks), arguments);
    return added(shape, source, first, Math.multiplyExact(problem.batch(), problem.rows()), parts);
  }

  private static CudaProgram attention(Shape shape, KernelSource source) {
    Problem problem = shape.problem;
    int parts = shape.partition.parts();
    boolean keys = problem.op() == Op.ATTENTION_K;
    int partials = keys ? parts : shape.rowBlocks() * shape.partition.roundParts();
    Launch first =
        new Launch(
            source.operation(),
            List.of(shape.rowBlocks(), problem.heads() * parts, problem.batch()),
            List.of(
                CODES,
                BOOKS,
                INPUT,
                keys || partials > 1 ? PARTIAL : OUTPUT,
                problem.rows(),
                DeviceTensor.wordsOfSequence(shape)));
    if (!keys) {
      int size = Math.multiplyExact(problem.batch(), problem.columns());
      return added(shape, source, first, size, partials);
    }
    int rows = problem.batch() * problem.heads();
    Launch softmax =
        new Launch(source.softmax(), List.of(rows, 1, 1), List.of(PARTIAL, OUTPUT, problem.rows()));
    long bytes = (long) Float.BYTES * parts * rows * problem.rows();
    return new CudaProgram(shape.plan, List.of(first, softmax), bytes);
  }

  private static CudaProgram added(
      Shape shape, KernelSource source, Launch first, int size, int parts) {
    if (parts == 1) {
      return new CudaProgram(shape.plan, List.of(first), 0);
    }
    CudaKernel reduction = source.reduction();
    int blocks = (size - 1) / reduction.threads() + 1;
    Launch second =
        new Launch(reduction, List.of(blocks, 1, 1), List.of(PARTIAL, OUTPUT, size, parts));
    return new CudaProgram(shape.plan, List.of(first, second), (long) Float.BYTES * parts * size);
  }
}
