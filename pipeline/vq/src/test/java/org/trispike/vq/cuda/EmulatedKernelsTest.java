package org.trispike.vq.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trispike.kernels.KeyedRandom;
import org.trispike.vq.VqConfig;
import org.trispike.vq.VqConfigs;
import org.trispike.vq.VqTensor;
import org.trispike.vq.oracle.Oracle;
import org.trispike.vq.plan.Op;
import org.trispike.vq.plan.Plan;
import org.trispike.vq.plan.Problem;

/** Generated kernels, executed on the CPU, compute what the oracle does in double precision. */
class EmulatedKernelsTest {
  /** Roundings to half precision, each of 2^-11, of a weight's rounds and of a result. */
  private static final double HALF = 1.0 / 2048;

  /** Sums of single precision over some hundred terms. */
  private static final double SINGLE = 1e-5;

  @ParameterizedTest
  @EnumSource
  void everyPlanComputesWhatTheOracleDoes(Op op) {
    Map<CudaProgram, VqTensor> programs = new LinkedHashMap<>();
    for (VqConfig config : Cases.configs()) {
      Problem problem = Cases.problem(op, config);
      if (Cases.fits(problem)) {
        VqTensor tensor = Cases.tensor(problem, 7);
        Set<String> texts = new HashSet<>();
        for (Plan plan : Cases.plans(problem)) {
          CudaProgram program = CudaProgram.of(plan);
          // Levels often decide the same; then but name and comment differ.
          CudaKernel kernel = program.operation();
          String text = kernel.text().substring(kernel.text().indexOf('\n'));
          if (texts.add(text.replace(kernel.name(), ""))) {
            programs.put(program, tensor);
          }
        }
      }
    }
    List<CudaKernel> kernels = new ArrayList<>();
    programs.keySet().forEach(p -> p.launches().forEach(launch -> kernels.add(launch.kernel())));
    try (Emulation emulation = Emulation.of(kernels)) {
      programs.forEach((program, tensor) -> assertIsTheOracles(emulation, program, tensor));
    }
  }

  /** Sizes below a vector, a warp and a block, and above some; more than one sequence. */
  @ParameterizedTest
  @EnumSource
  void anySizeComputesWhatTheOracleDoes(Op op) {
    KeyedRandom random = KeyedRandom.of(op.ordinal());
    Map<CudaProgram, VqTensor> programs = new LinkedHashMap<>();
    List<VqConfig> configs = Cases.configs();
    while (programs.size() < 6) {
      VqConfig config = configs.get(random.nextInt(configs.size()));
      Problem problem = Cases.random(op, config, random);
      if (Cases.fits(problem)) {
        List<Plan> plans = Cases.plans(problem);
        CudaProgram program = CudaProgram.of(plans.get(random.nextInt(plans.size())));
        programs.put(program, Cases.tensor(problem, programs.size()));
      }
    }
    List<CudaKernel> kernels = new ArrayList<>();
    programs.keySet().forEach(p -> p.launches().forEach(launch -> kernels.add(launch.kernel())));
    try (Emulation emulation = Emulation.of(kernels)) {
      programs.forEach((program, tensor) -> assertIsTheOracles(emulation, program, tensor));
    }
  }

  /** Two sequences of one cache: the second begins with a word of its own. */
  @Test
  void sequencesShareCodebooks() {
    Problem one = Problem.cache(Op.ATTENTION_V, VqConfigs.CQ_2, 33, 2, 8, 1);
    Problem two = Problem.cache(Op.ATTENTION_V, VqConfigs.CQ_2, 33, 2, 8, 2);
    VqTensor first = Cases.tensor(one, 1);
    VqTensor second = Cases.tensor(one, 2);
    second = new VqTensor(one.config(), 33, 16, first.codebooks(), second.codes(), null);
    CudaProgram program = CudaProgram.of(Cases.plans(two).get(0));
    float[] shares = Cases.shares(4, 33, 3);
    try (Emulation emulation =
        Emulation.of(program.launches().stream().map(Launch::kernel).toList())) {
      DeviceTensor tensor = DeviceTensor.of(program.plan(), List.of(first, second));
      double[] mixed =
          singles(emulation.run(program, tensor, Cases.singles(shares)).get(Launch.Buffer.OUTPUT));
      for (int sequence = 0; sequence < 2; sequence++) {
        double[] part =
            Cases.doubles(Arrays.copyOfRange(shares, sequence * 66, sequence * 66 + 66));
        assertThat(Arrays.copyOfRange(mixed, sequence * 16, sequence * 16 + 16))
            .usingComparatorWithPrecision(1e-4)
            .containsExactly(Oracle.mix(sequence == 0 ? first : second, part, 2));
      }
    }
  }

  /** AQLM's way, with which ours is compared. */
  @Test
  void replicatedEntriesComputeTheSame() {
    Problem problem = Cases.problem(Op.GEMV, VqConfigs.AQLM_2X8);
    VqTensor tensor = Cases.tensor(problem, 9);
    CudaProgram program = CudaProgram.replicated(Cases.plans(problem).get(0));
    try (Emulation emulation = Emulation.of(List.of(program.operation()))) {
      assertIsTheOracles(emulation, program, tensor);
    }
  }

  static void assertIsTheOracles(Emulation emulation, CudaProgram program, VqTensor tensor) {
    Problem problem = program.plan().problem();
    DeviceTensor device = DeviceTensor.of(program.plan(), tensor);
    switch (problem.op()) {
      case GEMM, GEMV -> assertProduct(emulation, program, tensor, device);
      case ATTENTION_K -> assertScores(emulation, program, tensor, device);
      case ATTENTION_V -> assertMix(emulation, program, tensor, device);
    }
  }

  private static void assertProduct(
      Emulation emulation, CudaProgram program, VqTensor tensor, DeviceTensor device) {
    int batch = program.plan().problem().batch();
    float[] x = Cases.activations(batch * tensor.columns(), 3);
    ByteBuffer y = emulation.run(program, device, Cases.halves(x)).get(Launch.Buffer.OUTPUT);
    double[] exact = Oracle.gemm(tensor, Cases.doubles(x), batch);
    double[] weights = Oracle.dequantize(tensor);
    double[] actual = new double[exact.length];
    double[] bounds = new double[exact.length];
    for (int i = 0; i < exact.length; i++) {
      actual[i] = Halves.toFloat(y.getShort(i * Short.BYTES));
      int row = i % tensor.rows();
      for (int k = 0; k < tensor.columns(); k++) {
        bounds[i] +=
            Math.abs(
                weights[row * tensor.columns() + k] * x[i / tensor.rows() * x.length / batch + k]);
      }
      bounds[i] *= HALF * (tensor.config().rounds() - 1) + SINGLE;
      bounds[i] += HALF * Math.abs(exact[i]) + SINGLE;
    }
    assertWithin(program, actual, exact, bounds);
  }

  private static void assertScores(
      Emulation emulation, CudaProgram program, VqTensor tensor, DeviceTensor device) {
    Problem problem = program.plan().problem();
    float[] queries = Cases.activations(tensor.columns(), 4);
    Map<Launch.Buffer, ByteBuffer> after = emulation.run(program, device, Cases.halves(queries));
    double[] exact = Oracle.scores(tensor, Cases.doubles(queries), problem.heads());
    ByteBuffer partial = after.get(Launch.Buffer.PARTIAL);
    double[] actual = new double[exact.length];
    for (int i = 0; i < partial.capacity() / Float.BYTES; i++) {
      actual[i % actual.length] += partial.getFloat(i * Float.BYTES);
    }
    double bound =
        4 * Math.sqrt(problem.channels()) * (HALF * (tensor.config().rounds() - 1) + SINGLE);
    double[] bounds = new double[exact.length];
    Arrays.fill(bounds, bound);
    assertWithin(program, actual, exact, bounds);
    // Of the scores that were computed, so that only the softmax's own error counts.
    double[] shares = Oracle.softmax(actual, problem.heads());
    double[] given = singles(after.get(Launch.Buffer.OUTPUT));
    for (int i = 0; i < given.length; i++) {
      bounds[i] = SINGLE * shares[i] + 1e-9;
    }
    assertWithin(program, given, shares, bounds);
  }

  private static void assertMix(
      Emulation emulation, CudaProgram program, VqTensor tensor, DeviceTensor device) {
    Problem problem = program.plan().problem();
    float[] shares = Cases.shares(problem.heads(), problem.rows(), 5);
    Map<Launch.Buffer, ByteBuffer> after = emulation.run(program, device, Cases.singles(shares));
    double[] exact = Oracle.mix(tensor, Cases.doubles(shares), problem.heads());
    double[] bounds = new double[exact.length];
    Arrays.fill(bounds, 4 * (HALF * (tensor.config().rounds() - 1) + SINGLE));
    assertWithin(program, singles(after.get(Launch.Buffer.OUTPUT)), exact, bounds);
  }

  private static double[] singles(ByteBuffer bytes) {
    double[] values = new double[bytes.capacity() / Float.BYTES];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes.getFloat(i * Float.BYTES);
    }
    return values;
  }

  private static void assertWithin(
      CudaProgram program, double[] actual, double[] exact, double[] bounds) {
    assertThat(actual).hasSameSizeAs(exact);
    for (int i = 0; i < exact.length; i++) {
      assertThat(Math.abs(actual[i] - exact[i]))
          .as(
              "%s, %d of %d: %s for %s",
              program.operation().name(), i, exact.length, actual[i], exact[i])
          .isLessThanOrEqualTo(bounds[i]);
    }
  }
}
