package org.trispike.vq.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trispike.kernels.KeyedRandom;
import org.trispike.kernels.cpu.VectorSupport;
import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.Matrices;
import org.trispike.vq.VqConfig;
import org.trispike.vq.VqConfigs;
import org.trispike.vq.VqTensor;
import org.trispike.vq.plan.Architecture;
import org.trispike.vq.plan.CorePlanner;
import org.trispike.vq.plan.Level;
import org.trispike.vq.plan.Op;
import org.trispike.vq.plan.Plan;
import org.trispike.vq.plan.Planner;
import org.trispike.vq.plan.Problem;
import org.trispike.vq.plan.ResourceReport;

class ProductsTest {
  private static final Lanes SCALAR = new ScalarLanes();
  private static final List<Candidate> GENERATED =
      List.of(Candidate.LOOKUP, Candidate.DEQUANTIZE, Candidate.FAST_SCAN);

  /** Shared, as most plans of a configuration have the same text. */
  private static final KernelCompiler COMPILER = new KernelCompiler();

  private static List<Lanes> lanes() {
    return VectorSupport.present() ? List.of(SCALAR, new VectorLanes()) : List.of(SCALAR);
  }

  private static List<VqConfig> configs() {
    return Codes.configs();
  }

  /** Plans of all levels for a core, and those for a GPU, which split and fuse differently. */
  private static List<Plan> plans(Problem problem) {
    List<Plan> plans = new ArrayList<>();
    for (Level level : Level.values()) {
      plans.add(new CorePlanner().plan(problem, level));
      plans.add(
          new Planner(Architecture.SM_89).plan(problem, level, new ResourceReport(256, 64, 0)));
    }
    return plans;
  }

  @ParameterizedTest
  @MethodSource("configs")
  void everyPlanComputesWhatTheOracleDoes(VqConfig config) {
    VqTensor tensor = Matrices.drawn(config, 37, 136, 3);
    for (Plan plan : plans(Problem.weights(Op.GEMV, config, 37, 136, 1))) {
      for (Lanes lanes : lanes()) {
        Products products = new Products(COMPILER, lanes);
        for (Candidate candidate : GENERATED) {
          if (candidate.carriesOut(plan)) {
            assertIsTheOracles(tensor, products.of(tensor, candidate, plan), candidate, 4);
          }
        }
      }
    }
  }

  /** Sizes that are no multiples of vectors, tiles, blocks and parts. */
  @ParameterizedTest
  @MethodSource("configs")
  void anySizeComputesWhatTheOracleDoes(VqConfig config) {
    KeyedRandom random = KeyedRandom.of(config.name().hashCode());
    for (int run = 0; run < 6; run++) {
      int rows = Codes.size(random);
      int columns = Codes.size(random);
      VqTensor tensor = Matrices.drawn(config, rows, columns, run);
      Plan plan =
          new CorePlanner().plan(Problem.weights(Op.GEMV, config, rows, columns, 1), Level.O4);
      for (Candidate candidate : Candidate.values()) {
        if (candidate.carriesOut(plan)) {
          float[] other = null;
          for (Lanes lanes : lanes()) {
            MatrixVector product = new Products(COMPILER, lanes).of(tensor, candidate, plan);
            float[] y = assertIsTheOracles(tensor, product, candidate, run);
            if (candidate == Candidate.LOOKUP || candidate == Candidate.FAST_SCAN) {
              // These add in one order, with vectors and without.
              assertThat(other == null ? y : other).isEqualTo(y);
              other = y;
            }
          }
        }
      }
    }
  }

  private static float[] assertIsTheOracles(
      VqTensor tensor, MatrixVector product, Candidate candidate, long key) {
    float[] x = Codes.activations(key, tensor.columns());
    float[] y = new float[tensor.rows()];
    // What is left of a product before, or of what was there, must not matter.
    Arrays.fill(y, Float.NaN);
    product.apply(Codes.activations(key + 1, tensor.columns()), y);
    product.apply(x, y);
    double[] exact = Codes.exact(tensor, x);
    for (int row = 0; row < y.length; row++) {
      assertThat(Math.abs(y[row] - exact[row]))
          .as("%s, row %d of %d x %d", product.description(), row, y.length, x.length)
          .isLessThanOrEqualTo(Bounds.of(tensor, candidate, x, row));
    }
    return y;
  }

  @Test
  void rotatedCodesMeetRotatedActivations() {
    VqTensor plain = Matrices.drawn(VqConfigs.AQLM_2X8, 20, 16, 5);
    float[] turn = new float[16 * 16];
    for (int i = 0; i < 16; i++) {
      turn[i * 16 + (i + 3) % 16] = i % 2 == 0 ? 1 : -1;
    }
    VqTensor turned =
        new VqTensor(
            plain.config(),
            20,
            16,
            plain.codebooks(),
            plain.codes(),
            new FloatArray(new int[] {16, 16}, turn));
    MatrixVectors vectors = new MatrixVectors();
    for (Candidate candidate : List.of(Candidate.DENSE, Candidate.LOOKUP, Candidate.DEQUANTIZE)) {
      assertIsTheOracles(turned, vectors.of(turned, candidate), candidate, 8);
    }
  }

  @Test
  void matricesOfOneShapeShareTheirCode() {
    Plan plan =
        new CorePlanner().plan(Problem.weights(Op.GEMV, VqConfigs.CQ_2, 9, 16, 1), Level.O4);
    String text = DequantizeSource.of(plan, SCALAR);
    KernelCompiler compiler = new KernelCompiler();
    DequantizeKernel kernel = compiler.compile(text, DequantizeKernel.class);
    assertThat(compiler.compile(text, DequantizeKernel.class)).isSameAs(kernel);
    assertThat(kernel.getClass().isHidden()).isTrue();
    assertThatThrownBy(() -> compiler.compile("class {", DequantizeKernel.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Generated text does not compile:\nclass {");
  }

  /** Eight look-ups a step at most: longer bodies are not optimized any more. */
  @Test
  void stepsStayShort() {
    for (VqConfig config : Codes.configs()) {
      Problem problem = Problem.weights(Op.GEMV, config, 300, 4096, 1);
      for (Plan plan : plans(problem)) {
        assertThat(LookupSource.unroll(plan)).isBetween(1, 8);
        assertThat(DequantizeSource.of(plan, SCALAR).lines()).hasSizeLessThan(100);
      }
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    VqTensor tensor = Matrices.drawn(VqConfigs.QUIP_4, 3, 8, 1);
    MatrixVectors vectors = MatrixVectors.scalar();
    assertThatThrownBy(() -> vectors.of(tensor, Candidate.LOOKUP))
        .hasMessage("VQ<8, 16, 2> of level O4 cannot be multiplied by way of LOOKUP");
    assertThatThrownBy(() -> vectors.of(tensor, Candidate.FAST_SCAN))
        .hasMessage("VQ<8, 16, 2> of level O4 cannot be multiplied by way of FAST_SCAN");
    MatrixVector product = vectors.of(tensor, Candidate.DEQUANTIZE);
    assertThatThrownBy(() -> product.apply(new float[7], new float[3]))
        .hasMessage("A matrix of 3 x 8 takes 8 numbers to 3, not 7 to 3");
    assertThatThrownBy(() -> vectors.dense(new FloatArray(new int[] {2}, new float[2])))
        .hasMessage("Only a matrix that is not empty can be multiplied");
  }

  @Test
  void weightsAsTheyAreMultiplyToo() {
    FloatArray weights = Matrices.gaussian(3, 37, 71);
    float[] x = Codes.activations(2, 71);
    float[] y = new float[37];
    for (Lanes lanes : lanes()) {
      MatrixVectors vectors = new MatrixVectors(lanes);
      vectors.dense(weights).apply(x, y);
      assertThat(y).usingComparatorWithPrecision(1e-4f).containsExactly(naive(weights, x));
      vectors.int8(weights).apply(x, y);
      // 71 roundings of half a step of about 3 / 127, each times a number of about 1.
      assertThat(y).usingComparatorWithPrecision(0.3f).containsExactly(naive(weights, x));
    }
    assumeTrue(VectorSupport.present(), "Vectors of this CPU are too short");
    assertThat(new MatrixVectors().dense(weights).description()).startsWith("DENSE, vector");
  }

  private static float[] naive(FloatArray weights, float[] x) {
    float[] y = new float[weights.shape()[0]];
    for (int i = 0; i < weights.data().length; i++) {
      y[i / x.length] += weights.data()[i] * x[i % x.length];
    }
    return y;
  }
}
