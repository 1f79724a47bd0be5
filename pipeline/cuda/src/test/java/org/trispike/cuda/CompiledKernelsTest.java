package org.trispike.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trispike.vq.VqConfigs;
import org.trispike.vq.cuda.Cubin;
import org.trispike.vq.cuda.CubinCache;
import org.trispike.vq.cuda.CudaKernel;
import org.trispike.vq.cuda.CudaPlanner;
import org.trispike.vq.cuda.CudaRuntime;
import org.trispike.vq.cuda.KernelResources;
import org.trispike.vq.cuda.Launch;
import org.trispike.vq.plan.Architecture;
import org.trispike.vq.plan.Level;
import org.trispike.vq.plan.Op;
import org.trispike.vq.plan.Problem;
import org.trispike.vq.plan.ResourceReport;
import org.trispike.vq.plan.Slack;

/** Machine code of generated kernels, made without a device. Runs where the profile cuda is on. */
class CompiledKernelsTest {
  @TempDir Path folder;

  @BeforeEach
  void compilerIsThere() {
    assumeThat(Natives.compilerPresent()).as("NVRTC, which -Pcuda brings").isTrue();
  }

  static Stream<Problem> problems() {
    Stream<Problem> products =
        Stream.of(VqConfigs.QUIP_4, VqConfigs.AQLM_3, VqConfigs.AQLM_2X8, VqConfigs.GPTVQ_2)
            .flatMap(
                config ->
                    Stream.of(
                        Problem.weights(Op.GEMM, config, 4096, 4096, 1024),
                        Problem.weights(Op.GEMV, config, 4096, 4096, 1)));
    Stream<Problem> attention =
        Stream.of(VqConfigs.CQ_2, VqConfigs.CQ_4)
            .flatMap(
                config ->
                    Stream.of(
                        Problem.cache(Op.ATTENTION_K, config, 1024, 32, 128, 1),
                        Problem.cache(Op.ATTENTION_V, config, 1024, 32, 128, 1)));
    return Stream.concat(products, attention);
  }

  /**
   * Nothing in slow memory, and as many blocks as the plan counted on. The Llama sizes of the
   * paper; all levels for one generation, the last for all.
   */
  @ParameterizedTest
  @MethodSource("problems")
  void kernelsStayInTheirRegistersAndBudgets(Problem problem) {
    CubinCache compiler = new CubinCache(Nvrtc.load(), folder);
    for (Architecture gpu : Architecture.all()) {
      List<Level> levels =
          gpu.equals(Architecture.SM_89) ? List.of(Level.values()) : List.of(Level.O4);
      for (Level level : levels) {
        CudaPlanner.Planned planned = new CudaPlanner(compiler, gpu).plan(problem, level);
        String name = planned.program().operation().name() + " " + gpu.name();
        KernelResources resources = planned.cubin().resources();
        assertThat(resources.inRegisters()).as(name).isTrue();
        if (level.compareTo(Level.O1) >= 0) {
          ResourceReport report = planned.kernel();
          Slack slack = planned.plan().slack();
          CudaKernel kernel = planned.program().operation();
          assertThat(resources.registers())
              .as(name)
              .isLessThanOrEqualTo(report.registers() + slack.registers());
          assertThat(kernel.sharedBytes())
              .as(name)
              .isLessThanOrEqualTo(report.sharedBytes() + slack.sharedBytes());
          ResourceReport whole =
              new ResourceReport(kernel.threads(), resources.registers(), kernel.sharedBytes());
          assertThat(Slack.of(whole, gpu).occupancy())
              .as(name)
              .isGreaterThanOrEqualTo(slack.occupancy());
        }
        for (Launch launch : planned.program().launches()) {
          assertThat(compiler.compile(launch.kernel(), gpu).resources().inRegisters()).isTrue();
        }
      }
    }
  }

  /** An ELF file for CUDA (machine 190) that has the entry point. */
  @Test
  void machineCodeIsOfTheKernel() {
    Problem problem = Problem.weights(Op.GEMV, VqConfigs.AQLM_2X8, 256, 256, 1);
    CudaPlanner.Planned planned =
        new CudaPlanner(Nvrtc.load(), Architecture.SM_90).plan(problem, Level.O4);
    byte[] image = planned.cubin().image();
    assertThat(image).startsWith(0x7f, 'E', 'L', 'F');
    assertThat(image[18] & 0xff | (image[19] & 0xff) << 8).isEqualTo(190);
    assertThat(new String(image, StandardCharsets.ISO_8859_1))
        .contains(".text." + planned.program().operation().name());
  }

  @Test
  void textThatIsWrongIsRefusedWithTheLog() {
    CudaKernel kernel =
        new CudaKernel("broken", "__global__ void broken() { missing(); }", 32, 0, 0);
    assertThatThrownBy(() -> Nvrtc.load().compile(kernel, Architecture.SM_80))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("broken does not compile for sm_80")
        .hasMessageContaining("missing");
  }

  /** A thread's array that is indexed by data has to lie in memory. */
  @Test
  void memoryOfAThreadIsSeen() {
    CudaKernel kernel =
        new CudaKernel(
            "stacked",
            """
            extern "C" __global__ void stacked(int* p) {
              int a[64];
              for (int i = 0; i < 64; i++) a[p[i]] = i;
              p[0] = a[p[64]];
            }
            """,
            32,
            0,
            0);
    Cubin cubin = Nvrtc.load().compile(kernel, Architecture.SM_80);
    assertThat(cubin.resources().stackBytes()).isEqualTo(256);
    assertThat(cubin.resources().inRegisters()).isFalse();
  }

  @Test
  void aMachineWithoutDriverSaysSo() {
    assumeThat(Natives.driver()).as("a driver").isFalse();
    CudaRuntime runtime = CudaRuntime.find().orElseThrow();
    assertThat(runtime).isInstanceOf(JavaCppCuda.class);
    assertThatThrownBy(runtime::open)
        .isInstanceOf(CudaRuntime.Missing.class)
        .hasMessage("There is no CUDA driver (libcuda.so.1, 580 or newer)");
  }
}
