package org.trispike.vq.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trispike.vq.VqConfig;
import org.trispike.vq.VqConfigs;
import org.trispike.vq.VqTensor;
import org.trispike.vq.plan.Level;
import org.trispike.vq.plan.Op;
import org.trispike.vq.plan.Plan;
import org.trispike.vq.plan.Problem;

/** What the emulator would not let pass. */
class EmulatorTest {
  private static final List<String> BARRIERS = List.of("__syncthreads();", "__syncwarp();");

  private record Mutant(CudaProgram program, VqTensor tensor, String what) {}

  /**
   * Every barrier of every kind of kernel is needed, and its lack is a race, whatever the order.
   */
  @Test
  void aBarrierThatLacksIsFound() {
    List<Mutant> mutants = new ArrayList<>();
    for (Op op : Op.values()) {
      for (Level level : List.of(Level.O3, Level.O4)) {
        mutants.addAll(mutants(op, op.onCache() ? VqConfigs.CQ_2 : VqConfigs.GPTVQ_2, level));
      }
    }
    // Load's barrier 5 times (none in GeMM), GeMM's step 2 · 2, a warp's way through memory 2 · 2,
    // the last of values 2, softmax's 2 · 2.
    assertThat(mutants).hasSizeGreaterThan(15);
    List<CudaKernel> kernels = new ArrayList<>();
    mutants.forEach(m -> m.program().launches().forEach(launch -> kernels.add(launch.kernel())));
    try (Emulation emulation = Emulation.of(kernels)) {
      for (Mutant mutant : mutants) {
        assertThatThrownBy(() -> run(emulation, mutant.program(), mutant.tensor()))
            .as(mutant.what())
            .isInstanceOf(Emulation.Fault.class)
            .hasMessageContaining("Race in shared memory");
      }
    }
  }

  private static List<Mutant> mutants(Op op, VqConfig config, Level level) {
    Problem problem = Cases.problem(op, config);
    VqTensor tensor = Cases.tensor(problem, 2);
    CudaProgram program = CudaProgram.of(plan(problem, level));
    List<Mutant> mutants = new ArrayList<>();
    for (int i = 0; i < program.launches().size(); i++) {
      CudaKernel kernel = program.launches().get(i).kernel();
      for (String barrier : BARRIERS) {
        for (int at = 0; (at = kernel.text().indexOf(barrier, at)) >= 0; at++) {
          String text =
              kernel.text().substring(0, at) + kernel.text().substring(at + barrier.length());
          mutants.add(
              new Mutant(
                  with(program, i, text), tensor, kernel.name() + " without the barrier at " + at));
        }
      }
    }
    return mutants;
  }

  private static Plan plan(Problem problem, Level level) {
    return Cases.plans(problem).stream().filter(p -> p.level() == level).findFirst().orElseThrow();
  }

  private static CudaProgram with(CudaProgram program, int launch, String text) {
    List<Launch> launches = new ArrayList<>(program.launches());
    Launch old = launches.get(launch);
    CudaKernel kernel = old.kernel();
    launches.set(
        launch,
        new Launch(
            new CudaKernel(
                kernel.name(), text, kernel.threads(), kernel.cachedBytes(), kernel.ownBytes()),
            old.grid(),
            old.arguments()));
    return new CudaProgram(program.plan(), launches, program.partialBytes());
  }

  private static Map<Launch.Buffer, ByteBuffer> run(
      Emulation emulation, CudaProgram program, VqTensor tensor) {
    Problem problem = program.plan().problem();
    int batch = problem.batch();
    byte[] input =
        problem.op() == Op.ATTENTION_V
            ? Cases.singles(Cases.shares(problem.heads(), problem.rows(), 1))
            : Cases.halves(Cases.activations(batch * problem.columns(), 1));
    return emulation.run(program, DeviceTensor.of(program.plan(), tensor), input);
  }

  /** Kernels that go wrong in one way each, written for the purpose. */
  @Test
  void whatKernelsMustNotDoIsFound() {
    List<String> bodies =
        List.of(
            "out[blockIdx.x * 64 + threadIdx.x] = 1;",
            "out[threadIdx.x] = 1;",
            "out[128 + threadIdx.x] = 1;",
            "reinterpret_cast<int*>(memory)[threadIdx.x + 1] = 1;",
            "if (threadIdx.x < 63) __syncthreads();",
            "if (threadIdx.x < 5) __syncwarp();",
            "if (threadIdx.x < 16) __syncwarp(); else __shfl_xor_sync(~0u, 1u, 1);",
            "reinterpret_cast<long long*>(memory + 4)[0] = 1;",
            // What the published prototype does: parts are added up, and read in the same launch.
            "if (threadIdx.x == 0) out[blockIdx.x] = 1; __syncthreads();"
                + " out[2 + blockIdx.x * 64 + threadIdx.x] = out[0] + out[1];");
    List<String> faults =
        List.of(
            "",
            "Race in global memory",
            "is in no buffer",
            "of 256 of shared memory",
            "ended where others wait at __syncthreads",
            "All threads wait, at different barriers",
            "Lanes of a warp meet at different places",
            "is not aligned",
            "Race in global memory");
    List<CudaKernel> kernels = new ArrayList<>();
    for (String body : bodies) {
      String name = "wrong" + kernels.size();
      String text =
          """
          extern "C" __global__ void %s(int* out, int) {
            extern __shared__ __align__(16) unsigned char memory[];
            %s
          }
          """
              .formatted(name, body);
      kernels.add(new CudaKernel(name, text, 64, 0, 256));
    }
    Problem problem = Problem.weights(Op.GEMV, VqConfigs.PQ4, 256, 8, 1);
    Plan plan = plan(problem, Level.GC);
    DeviceTensor tensor = DeviceTensor.of(plan, Cases.tensor(problem, 1));
    try (Emulation emulation = Emulation.of(kernels)) {
      for (int i = 0; i < bodies.size(); i++) {
        CudaProgram program =
            new CudaProgram(
                plan,
                List.of(
                    new Launch(kernels.get(i), List.of(2, 1, 1), List.of(Launch.Buffer.OUTPUT, 0))),
                0);
        if (faults.get(i).isEmpty()) {
          ByteBuffer out = emulation.run(program, tensor, new byte[2]).get(Launch.Buffer.OUTPUT);
          int[] ones = new int[128];
          out.asIntBuffer().get(ones);
          assertThat(ones).containsOnly(1);
        } else {
          assertThatThrownBy(() -> emulation.run(program, tensor, new byte[2]))
              .as(bodies.get(i))
              .isInstanceOf(Emulation.Fault.class)
              .hasMessageContaining(faults.get(i));
        }
      }
    }
  }

  /** Numbers of half precision are rounded as java.lang.Float's successor does. */
  @Test
  void halvesRoundToNearestEven() {
    short[] bits = {0, 1, 0x3ff, 0x400, 0x3c00, 0x3c01, 0x7bff, (short) 0x8000, (short) 0xc000};
    float[] values = {0f, 0x1p-24f, 1023 * 0x1p-24f, 0x1p-14f, 1f, 1 + 0x1p-10f, 65504f, -0f, -2f};
    for (int i = 0; i < bits.length; i++) {
      assertThat(Halves.of(values[i])).isEqualTo(bits[i]);
      assertThat(Halves.toFloat(bits[i])).isEqualTo(values[i]);
    }
    assertThat(Halves.of(1 + 0x1p-11f)).isEqualTo((short) 0x3c00);
    assertThat(Halves.of(1 + 3 * 0x1p-11f)).isEqualTo((short) 0x3c02);
    assertThat(Halves.of(65519.99f)).isEqualTo((short) 0x7bff);
    assertThat(Halves.of(65520f)).isEqualTo((short) 0x7c00);
    assertThat(Halves.of(0x1p-25f)).isEqualTo((short) 0);
    for (int half = 0; half < 0x7c00; half++) {
      assertThat(Halves.of(Halves.toFloat((short) half))).isEqualTo((short) half);
    }
    assertThat(Arrays.asList(Halves.of(Float.NaN), Halves.of(Float.POSITIVE_INFINITY)))
        .containsExactly((short) 0x7e00, (short) 0x7c00);
  }
}
