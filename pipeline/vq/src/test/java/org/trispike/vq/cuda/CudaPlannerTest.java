package org.trispike.vq.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.vq.VqConfigs;
import org.trispike.vq.plan.Architecture;
import org.trispike.vq.plan.Boundaries;
import org.trispike.vq.plan.Level;
import org.trispike.vq.plan.Op;
import org.trispike.vq.plan.PaperTables;
import org.trispike.vq.plan.Problem;
import org.trispike.vq.plan.ResourceReport;

/** Planning by the compiler's word, and what is kept of it. */
class CudaPlannerTest {
  private static final Problem PROBLEM = PaperTables.llama(Op.GEMV, VqConfigs.AQLM_3);

  /** Says what it was told to; counts. */
  private static final class FakeCompiler implements CubinCompiler {
    private final Function<Integer, KernelResources> resources;
    private int compiled;

    /**
     * @param resources of the entries that a kernel holds in registers
     */
    FakeCompiler(Function<Integer, KernelResources> resources) {
      this.resources = resources;
    }

    @Override
    public Cubin compile(CudaKernel kernel, Architecture gpu) {
      compiled++;
      String line =
          kernel.text().lines().filter(l -> l.contains("N_REGISTERS =")).findFirst().orElseThrow();
      int entries = Integer.parseInt(line.replaceAll("\\D", ""));
      return new Cubin(
          kernel.name().getBytes(java.nio.charset.StandardCharsets.UTF_8),
          resources.apply(entries));
    }

    @Override
    public String identity() {
      return "fake";
    }
  }

  /**
   * 40 registers and 9,216 bytes: six blocks fit sm_80's registers, which leaves two of them; 136
   * registers: one block, which leaves 119, so 29 entries of 16 bytes.
   */
  @Test
  void slackIsThatOfTheCompiledKernel() {
    FakeCompiler small = new FakeCompiler(entries -> new KernelResources(40, 0, 0, 0));
    CudaPlanner.Planned planned =
        new CudaPlanner(small, Architecture.SM_80).plan(PROBLEM, Level.O3);
    assertThat(planned.kernel()).isEqualTo(new ResourceReport(256, 40, 9216));
    assertThat(planned.plan().slack().occupancy()).isEqualTo(6);
    assertThat(planned.plan().boundaries().registers()).isZero();
    assertThat(small.compiled).isEqualTo(2);
    FakeCompiler large = new FakeCompiler(entries -> new KernelResources(136, 0, 0, 0));
    assertThat(registers(large)).isEqualTo(29);
  }

  /** Entries leave the registers until nothing lies in memory; those in shared memory stay. */
  @Test
  void spillsTakeEntriesFromRegisters() {
    FakeCompiler compiler =
        new FakeCompiler(entries -> new KernelResources(136, 0, 0, entries > 8 ? 4 : 0));
    assertThat(registers(compiler)).isEqualTo(7);
    assertThat(compiler.compiled).isEqualTo(4);
    FakeCompiler hopeless = new FakeCompiler(entries -> new KernelResources(136, 0, 16, 0));
    assertThat(registers(hopeless)).isZero();
    Boundaries kept =
        new CudaPlanner(compiler, Architecture.SM_80).plan(PROBLEM, Level.O3).plan().boundaries();
    Boundaries all =
        new CudaPlanner(
                new FakeCompiler(e -> new KernelResources(136, 0, 0, 0)), Architecture.SM_80)
            .plan(PROBLEM, Level.O3)
            .plan()
            .boundaries();
    assertThat(kept.shared() - kept.registers()).isEqualTo(all.shared() - all.registers());
  }

  private static int registers(CubinCompiler compiler) {
    return new CudaPlanner(compiler, Architecture.SM_80)
        .plan(PROBLEM, Level.O3)
        .plan()
        .boundaries()
        .registers();
  }

  @Test
  void cubinsAreKept(@TempDir Path folder) throws IOException {
    FakeCompiler compiler = new FakeCompiler(entries -> new KernelResources(40, 1, 2, 3));
    CubinCache cache = new CubinCache(compiler, folder.resolve("cubins"));
    CudaKernel kernel = CudaProgram.of(Cases.plans(PROBLEM).get(0)).operation();
    Cubin first = cache.compile(kernel, Architecture.SM_80);
    Cubin again = cache.compile(kernel, Architecture.SM_80);
    assertThat(again.image()).isEqualTo(first.image());
    assertThat(again.resources()).isEqualTo(new KernelResources(40, 1, 2, 3));
    assertThat(compiler.compiled).isEqualTo(1);
    // Another generation is another file; one that was cut short is made again.
    cache.compile(kernel, Architecture.SM_90);
    assertThat(compiler.compiled).isEqualTo(2);
    try (var files = Files.list(folder.resolve("cubins"))) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(2);
      for (Path file : all) {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
      }
    }
    assertThat(cache.compile(kernel, Architecture.SM_80).image()).isEqualTo(first.image());
    assertThat(compiler.compiled).isEqualTo(3);
  }

  /** As NVRTC and ptxas print it. */
  @Test
  void theAssemblersLogIsRead() {
    String log =
        """
        ptxas info    : 0 bytes gmem
        ptxas info    : Compiling entry function 'k' for 'sm_80'
        ptxas info    : Function properties for k
            104 bytes stack frame, 168 bytes spill stores, 188 bytes spill loads
        ptxas info    : Used 80 registers, used 1 barriers, 104 bytes cumulative stack size, 512 bytes smem, 392 bytes cmem[0]
        """;
    KernelResources resources = KernelResources.parse(log);
    assertThat(resources).isEqualTo(new KernelResources(80, 512, 104, 168 + 188));
    assertThat(resources.inRegisters()).isFalse();
    assertThatThrownBy(() -> KernelResources.parse("warning"))
        .hasMessageContaining("has no registers");
  }
}
