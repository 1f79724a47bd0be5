package org.trispike.vq.cpu;

import org.trispike.vq.VqTensor;
import org.trispike.vq.plan.Boundaries;
import org.trispike.vq.plan.Plan;
import org.trispike.vq.plan.Reordering;

/** Makes the product that a candidate and a plan stand for. */
final class Products {
  private final KernelCompiler compiler;
  private final Lanes lanes;

  Products(KernelCompiler compiler, Lanes lanes) {
    this.compiler = compiler;
    this.lanes = lanes;
  }

  MatrixVector of(VqTensor tensor, Candidate candidate, Plan plan) {
    if (!candidate.carriesOut(plan)) {
      throw new IllegalArgumentException(
          "%s of level %s cannot be multiplied by way of %s"
              .formatted(tensor.config().signature(), plan.level(), candidate));
    }
    Multiplier multiplier =
        switch (candidate) {
          case DENSE -> new DenseRows(lanes, decoded(tensor), tensor.rows(), tensor.columns());
          case INT8 -> new Int8Rows(lanes, decoded(tensor), tensor.rows(), tensor.columns());
          case LOOKUP -> lookup(tensor, plan);
          case DEQUANTIZE -> dequantize(tensor, plan);
          case FAST_SCAN -> fastScan(tensor, plan);
        };
    return new Product(
        tensor.rows(),
        tensor.columns(),
        new Activations(tensor),
        multiplier,
        description(candidate) + " of " + tensor.config().signature());
  }

  /** Of a matrix as it is. */
  MatrixVector of(RowSource source, int rows, int columns, Candidate candidate) {
    Multiplier multiplier =
        candidate == Candidate.INT8
            ? new Int8Rows(lanes, source, rows, columns)
            : new DenseRows(lanes, source, rows, columns);
    return new Product(rows, columns, new Activations(columns), multiplier, description(candidate));
  }

  private String description(Candidate candidate) {
    return candidate + ", " + lanes.description();
  }

  /** Without what the last vector of a row has too many. */
  private static RowSource decoded(VqTensor tensor) {
    float[] whole = new float[tensor.groups() * tensor.config().vectorLength()];
    return (row, target) -> {
      tensor.decode(row, whole);
      System.arraycopy(whole, 0, target, 0, tensor.columns());
    };
  }

  private Multiplier lookup(VqTensor tensor, Plan plan) {
    int bytes = WideCodes.bytes(tensor.config());
    Tiling tiling =
        Tiling.of(plan, 1, LookupSource.unroll(plan), Integer.MAX_VALUE, Byte.SIZE * bytes);
    PartKernel kernel = compiler.compile(LookupSource.of(plan), PartKernel.class);
    return partLoop(cached(tensor, plan), tiling, LookupSource.order(plan), kernel);
  }

  private Multiplier fastScan(VqTensor tensor, Plan plan) {
    int block = FastScanSource.block(lanes);
    Tiling tiling =
        Tiling.of(
            plan,
            block,
            FastScanSource.SUBSPACE_UNIT,
            FastScanSource.MOST_SUBSPACES,
            Byte.SIZE / 2);
    ScanKernel kernel = compiler.compile(FastScanSource.of(lanes), ScanKernel.class);
    ByteTables bytes = new ByteTables(kernel, tensor.config().entries());
    return partLoop(tensor, tiling, FastScanSource.order(block), bytes);
  }

  private Multiplier partLoop(VqTensor tensor, Tiling tiling, CodeOrder order, PartKernel kernel) {
    return new PartLoop(tiling, order.arrange(tensor, tiling), new Partials(tensor, lanes), kernel);
  }

  private Multiplier dequantize(VqTensor tensor, Plan plan) {
    DequantizeKernel kernel =
        compiler.compile(DequantizeSource.of(plan, lanes), DequantizeKernel.class);
    return new DequantizedRows(cached(tensor, plan), kernel, lanes);
  }

  /** What a cache holds is sorted by use: entries that are hot lie together. */
  private static VqTensor cached(VqTensor tensor, Plan plan) {
    return plan.boundaries().equals(Boundaries.NONE) ? tensor : Reordering.byFrequency(tensor);
  }
}
