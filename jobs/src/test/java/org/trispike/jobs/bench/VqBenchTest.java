package org.trispike.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.UserError;
import org.trispike.jobs.Main;
import org.trispike.vq.VqConfigs;
import org.trispike.vq.VqTensor;
import org.trispike.vq.cuda.Cubin;
import org.trispike.vq.cuda.CubinCompiler;
import org.trispike.vq.cuda.CudaKernel;
import org.trispike.vq.cuda.CudaProgram;
import org.trispike.vq.cuda.DeviceTensor;
import org.trispike.vq.cuda.Gpu;
import org.trispike.vq.cuda.Halves;
import org.trispike.vq.cuda.KernelResources;
import org.trispike.vq.oracle.Oracle;
import org.trispike.vq.plan.Architecture;
import org.trispike.vq.plan.Op;
import org.trispike.vq.plan.PaperTables;
import org.trispike.vq.plan.Problem;

final class VqBenchTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private String output() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void withoutADeviceThePlansArePrinted() {
    VqBench.run(out, VqBench.Device.CPU, 1);
    assertThat(output().lines()).containsAll(PaperTables.header());
    assertThat(output().lines())
        .containsAll(PaperTables.rows().stream().map(PaperTables.Published::line).toList());
  }

  @Test
  void aDeviceThatIsNotThereIsAMatterOfTheEnvironment() {
    assertThatThrownBy(() -> VqBench.run(out, VqBench.Device.CUDA, 1))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("mvn -Pcuda")
        .hasMessageEndingWith("nothing was measured");
    assertThat(Main.run("bench", "vq", "--device", "cuda")).isEqualTo(4);
  }

  /** A device that computes by the oracle, each run in 25 microseconds. */
  private static final class FakeGpu implements Gpu {
    private final double factor;
    private int open;

    /**
     * @param factor 1, or what makes results wrong
     */
    FakeGpu(double factor) {
      this.factor = factor;
    }

    @Override
    public String name() {
      return "Fake GPU";
    }

    @Override
    public Architecture architecture() {
      return Architecture.SM_89;
    }

    @Override
    public double peakBandwidth() {
      return 1e12;
    }

    @Override
    public Loaded load(CudaProgram program, DeviceTensor tensor, byte[] input) {
      VqTensor codes = new RepeatedCodes().of(program.plan().problem());
      double[] x = new double[input.length / Short.BYTES];
      ByteBuffer halves = ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < x.length; i++) {
        x[i] = Halves.toFloat(halves.getShort(i * Short.BYTES));
      }
      double[] y = Oracle.gemv(codes, x);
      ByteBuffer output =
          ByteBuffer.allocate(y.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (double value : y) {
        output.putShort(Halves.of((float) (factor * value)));
      }
      return new FakeLoaded(output.array());
    }

    @Override
    public Optional<Loaded> dense(int rows, int columns, int batch, byte[] weights, byte[] input) {
      assertThat(weights).hasSize(2 * rows * columns);
      return Optional.empty();
    }

    @Override
    public void close() {}

    private final class FakeLoaded implements Loaded {
      private final byte[] output;

      FakeLoaded(byte[] output) {
        this.output = output;
        open++;
      }

      @Override
      public byte[] output() {
        return output;
      }

      @Override
      public double[] seconds(int runs) {
        double[] seconds = new double[runs];
        java.util.Arrays.fill(seconds, 2.5e-5);
        return seconds;
      }

      @Override
      public void close() {
        open--;
      }
    }
  }

  private static final class FakeCompiler implements CubinCompiler {
    @Override
    public Cubin compile(CudaKernel kernel, Architecture gpu) {
      return new Cubin(new byte[0], new KernelResources(40, 0, 0, 0));
    }

    @Override
    public String identity() {
      return "fake compiler";
    }
  }

  private static final Problem SMALL = Problem.weights(Op.GEMV, VqConfigs.PQ4, 64, 40, 1);

  /**
   * 1.8 KB in 25 us: 64 · 10 codes of half a byte, 10 codebooks of 128 bytes, 80 and 128 of
   * numbers.
   */
  @Test
  void levelsStandBesideTheirBytes() {
    FakeGpu gpu = new FakeGpu(1);
    new VqDeviceBench(out, gpu, new FakeCompiler(), 1e-4).run(List.of(SMALL));
    assertThat(output())
        .contains("Fake GPU (sm_89), memory of 1000 GB/s; fake compiler")
        .contains("gemv of pq4, 64 x 40, batch 1")
        .contains("  GC                25.0 /      25.0 us      0.00 MB      0.1 GB/s");
    assertThat(output().lines().filter(line -> line.endsWith("1.00 of GC"))).hasSize(6);
    assertThat(gpu.open).isZero();
  }

  @Test
  void aResultThatIsWrongIsNotTimed() {
    FakeGpu gpu = new FakeGpu(1.5);
    VqDeviceBench bench = new VqDeviceBench(out, gpu, new FakeCompiler(), 1e-4);
    assertThatThrownBy(() -> bench.run(List.of(SMALL)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("GC of Problem")
        .hasMessageContaining("is off by");
    assertThat(gpu.open).isZero();
  }

  /** The decoded matrix is that of the small one, over and over. */
  @Test
  void repeatedCodesHaveTheirCodebooks() {
    VqTensor small = new RepeatedCodes().of(Problem.weights(Op.GEMV, VqConfigs.PQ4, 512, 512, 1));
    VqTensor large = RepeatedCodes.repeat(small, 600, 1000);
    double[] a = Oracle.dequantize(small);
    double[] b = Oracle.dequantize(large);
    for (int row = 0; row < 600; row += 37) {
      for (int column = 0; column < 1000; column++) {
        assertThat(b[row * 1000 + column]).isEqualTo(a[row % 512 * 512 + column % 512]);
      }
    }
  }
}
