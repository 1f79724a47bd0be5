package org.trispike.vq.cpu;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.VqConfig;
import org.trispike.vq.VqTensor;
import org.trispike.vq.plan.CorePlanner;
import org.trispike.vq.plan.Level;
import org.trispike.vq.plan.Op;
import org.trispike.vq.plan.Plan;
import org.trispike.vq.plan.Problem;

/**
 * Products of matrices with vectors, on one core. A process needs one instance: the first matrix of
 * a configuration and shape is calibrated, which takes a second or two and, while it lasts, 5 bytes
 * an element; those that follow use its choice, and share its compiled code.
 */
public final class MatrixVectors {
  private final CorePlanner planner = new CorePlanner();
  private final Map<Shape, Choice> choices = new LinkedHashMap<>();
  private final Products products;

  private record Shape(VqConfig config, int rows, int columns) {}

  /** With the Vector API where there is one and its vectors are wide enough. */
  public MatrixVectors() {
    this(Lanes.fastest());
  }

  MatrixVectors(Lanes lanes) {
    this.products = new Products(new KernelCompiler(), lanes);
  }

  /** Without the Vector API. */
  public static MatrixVectors scalar() {
    return new MatrixVectors(new ScalarLanes());
  }

  /**
   * The product by what is fastest for this configuration and shape, here and now. That need not be
   * small: where codes are slower it holds bytes or floats in their place. Who wants the memory
   * rather than the time names a candidate.
   */
  public synchronized MatrixVector of(VqTensor tensor) {
    Shape shape = new Shape(tensor.config(), tensor.rows(), tensor.columns());
    Choice known = choices.get(shape);
    if (known != null) {
      return of(tensor, known.chosen());
    }
    Calibration.Result result = new Calibration(products).run(tensor, plan(tensor));
    choices.put(shape, result.choice());
    return result.product();
  }

  /** The product by one way, whatever its speed. */
  public MatrixVector of(VqTensor tensor, Candidate candidate) {
    return products.of(tensor, candidate, plan(tensor));
  }

  /** The product with float32 weights [rows, columns]. */
  public MatrixVector dense(FloatArray weights) {
    return plain(weights, Candidate.DENSE);
  }

  /** The product with the same weights as bytes, with a scale a row. */
  public MatrixVector int8(FloatArray weights) {
    return plain(weights, Candidate.INT8);
  }

  /** What has been chosen so far, and why. */
  public synchronized List<Choice> choices() {
    return new ArrayList<>(choices.values());
  }

  private MatrixVector plain(FloatArray weights, Candidate candidate) {
    if (weights.shape().length != 2 || weights.data().length == 0) {
      throw new IllegalArgumentException("Only a matrix that is not empty can be multiplied");
    }
    int columns = weights.shape()[1];
    return products.of(
        (row, target) -> System.arraycopy(weights.data(), row * columns, target, 0, columns),
        weights.shape()[0],
        columns,
        candidate);
  }

  private Plan plan(VqTensor tensor) {
    return planner.plan(
        Problem.weights(Op.GEMV, tensor.config(), tensor.rows(), tensor.columns(), 1), Level.O4);
  }
}
