package org.trispike.spiking;

import org.trispike.kernels.Compute;
import org.trispike.kernels.Tensor;

/**
 * Input that is the same in each time step: what is computed of it alone is computed once and then
 * repeated.
 */
final class DirectCoding {
  private DirectCoding() {}

  /** T slabs equal to x, which goes back to the scope; x itself for one step. */
  static Tensor repeat(Pass pass, Tensor x) {
    int steps = pass.steps();
    if (steps == 1) {
      return x;
    }
    Tensor repeated = pass.scope().tensor(steps * x.rows(), x.columns());
    for (int t = 0; t < steps; t++) {
      pass.compute().copy(x, repeated.rows(t * x.rows(), x.rows()));
    }
    pass.scope().release(x);
    return repeated;
  }

  /** The gradient of what was repeated: the sum of the T slabs of dy, which goes back. */
  static Tensor sum(Pass pass, Tensor dy) {
    int steps = pass.steps();
    if (steps == 1) {
      return dy;
    }
    Compute compute = pass.compute();
    int rows = dy.rows() / steps;
    Tensor sum = pass.scope().tensor(rows, dy.columns());
    compute.copy(dy.rows(0, rows), sum);
    for (int t = 1; t < steps; t++) {
      compute.axpy(1f, dy.rows(t * rows, rows), sum);
    }
    pass.scope().release(dy);
    return sum;
  }
}
