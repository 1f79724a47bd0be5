package org.trispike.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ComputesTest {

  /** Run in a JVM of its own: prints what it got, twice. */
  static final class Chooser {
    private Chooser() {}

    public static void main(String[] args) {
      for (int i = 0; i < 2; i++) {
        try (Compute compute = Computes.cpu(1)) {
          System.out.println(compute.description());
        }
      }
    }
  }

  @Test
  void withoutTheVectorModuleItFallsBackAndSaysSoOnce() throws Exception {
    String output = run();
    assertThat(output).containsOnlyOnce("No Vector API here");
    assertThat(output).contains("cpu (scalar, 1 threads)");
  }

  @Test
  void widthsBelow256BitsAreNotUsed() throws Exception {
    String output = run("--add-modules", "jdk.incubator.vector", "-XX:UseAVX=0");
    assertThat(output).contains("cpu (scalar, 1 threads)");
  }

  private static String run(String... flags) throws IOException, InterruptedException {
    java.util.List<String> command = new java.util.ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(java.util.List.of(flags));
    command.addAll(
        java.util.List.of("-cp", System.getProperty("java.class.path"), Chooser.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  void memoryGoesBackToThePool() {
    try (Compute compute = Computes.cpu(1)) {
      Tensor first = compute.allocate(1000, 7);
      Storage storage = first.storage();
      compute.release(first);
      assertThat(compute.allocate(990, 7).storage()).isSameAs(storage);
    }
  }
}
