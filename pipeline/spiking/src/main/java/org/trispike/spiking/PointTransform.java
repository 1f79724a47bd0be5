package org.trispike.spiking;

import org.trispike.kernels.Compute;
import org.trispike.kernels.Tensor;

/**
 * A T-Net: looks at all points of a sample and answers with a matrix M that is applied to each of
 * them, y = x · M. It answers with M's difference from the identity, and begins with none.
 *
 * <p>The matrix has the size of the answer, or is larger: then the answer is its upper left corner
 * and further columns pass through. With several steps it is of the mean spikes of all. Source:
 * PointNet (arXiv 1612.00593) §4.2.
 */
final class PointTransform {
  private final String name;
  private final int answer;
  private final int width;
  private final boolean real;
  private final PointTower tower;

  /**
   * @param answer rows and columns that the tower answers with, and columns that it sees
   * @param width columns of x, at least {@code answer}
   * @param real whether the points are real-valued and the same in each step; spikes otherwise
   */
  PointTransform(
      ParameterLayout.Builder layout,
      Form form,
      PointNetSize size,
      String name,
      int answer,
      int width,
      boolean real) {
    this.name = name;
    this.answer = answer;
    this.width = width;
    this.real = real;
    tower =
        new PointTower(
            layout,
            form,
            name,
            answer,
            size.shared(),
            size.dense(),
            real,
            name + ".transform",
            answer * answer);
  }

  /**
   * What one forward pass made.
   *
   * @param output x · M, of the shape of x
   * @param matrices [samples, width · width]
   */
  record Kept(Tensor output, Tensor x, Tensor matrices, PointTower.Kept tower, PointRows rows) {}

  /**
   * Transforms x, which is not changed.
   *
   * @param seen what the tower sees of the same points, [.., answer]
   */
  Kept forward(Pass pass, Tensor seen, Tensor x, PointRows rows) {
    PointTower.Kept kept = tower.forward(pass, seen, rows);
    Tensor matrices = matrices(pass, kept.output());
    long macs = (long) rows.pointCount() * answer * answer;
    if (real) {
      pass.log().real(name + ".product", macs, x.size());
    } else {
      pass.log().activated(pass, name + ".product", macs, x);
    }
    Tensor y = pass.scope().tensor(x.shape());
    eachProduct(
        rows,
        x,
        (from, count, sample) ->
            pass.compute()
                .gemm(
                    false,
                    false,
                    x.rows(from, count),
                    matrix(matrices, sample),
                    0f,
                    y.rows(from, count)));
    return new Kept(y, x, matrices, kept, rows);
  }

  /**
   * The gradient of what the tower saw, or null if that is real-valued; dy is not changed.
   *
   * @param dx filled with the gradient of x by the product alone; null if it is not wanted
   */
  Tensor backward(Pass pass, Kept kept, Tensor dy, Tensor dx) {
    Compute compute = pass.compute();
    Tensor dMatrices = pass.scope().zeros(kept.matrices().shape());
    eachProduct(
        kept.rows(),
        kept.x(),
        (from, count, sample) -> {
          Tensor part = dy.rows(from, count);
          Tensor x = kept.x().rows(from, count);
          compute.gemm(true, false, x, part, 1f, matrix(dMatrices, sample));
          if (dx != null) {
            Tensor m = matrix(kept.matrices(), sample);
            compute.gemm(false, true, part, m, 0f, dx.rows(from, count));
          }
        });
    return tower.backward(pass, kept.tower(), answers(pass, dMatrices));
  }

  private interface Product {
    void of(int from, int count, int sample);
  }

  /** Calls {@code product} with the rows of each sample in each slab of x. */
  private static void eachProduct(PointRows rows, Tensor x, Product product) {
    for (int slab = 0; slab < x.rows(); slab += rows.pointCount()) {
      for (int b = 0; b < rows.sampleCount(); b++) {
        int from = rows.offsets()[b];
        product.of(slab + from, rows.offsets()[b + 1] - from, b);
      }
    }
  }

  private Tensor matrix(Tensor matrices, int sample) {
    return matrices.view(sample * width * width, width, width);
  }

  /** I + the answer in the upper left corner. */
  private Tensor matrices(Pass pass, Tensor answers) {
    float[] identity = new float[width * width];
    for (int i = 0; i < width; i++) {
      identity[i * width + i] = 1f;
    }
    Tensor matrices = answers;
    if (answer < width) {
      matrices = pass.scope().tensor(answers.rows(), width * width);
      pass.compute().gemm(false, false, answers, places(pass), 0f, matrices);
    }
    pass.compute().addBias(matrices, pass.scope().of(identity, width * width));
    return matrices;
  }

  /** The corner of the gradients of matrices. */
  private Tensor answers(Pass pass, Tensor dMatrices) {
    if (answer == width) {
      return dMatrices;
    }
    Tensor answers = pass.scope().tensor(dMatrices.rows(), answer * answer);
    pass.compute().gemm(false, true, dMatrices, places(pass), 0f, answers);
    return answers;
  }

  /** [answer², width²] with a 1 where an element of the answer goes. */
  private Tensor places(Pass pass) {
    float[] places = new float[answer * answer * width * width];
    for (int i = 0; i < answer * answer; i++) {
      places[i * width * width + i / answer * width + i % answer] = 1f;
    }
    return pass.scope().of(places, answer * answer, width * width);
  }
}
