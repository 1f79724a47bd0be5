package org.trispike.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runner's calls, against a driver that prints them. */
class DriverCallsTest {
  @TempDir Path folder;

  @BeforeEach
  void driverIsBuilt() throws Exception {
    assumeThat(Natives.compilerPresent()).as("NVRTC, which -Pcuda brings").isTrue();
    boolean gcc =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(place -> Files.isExecutable(Path.of(place, "gcc")));
    assumeThat(gcc).as("gcc, which builds the driver, is on the PATH").isTrue();
    try (InputStream in = DriverCallsTest.class.getResourceAsStream("fake_driver.c")) {
      Files.copy(in, folder.resolve("fake_driver.c"));
    }
    run(
        new ProcessBuilder(
            "gcc",
            "-shared",
            "-fPIC",
            "-w",
            "-Wl,-soname,libcuda.so.1",
            "-o",
            "libcuda.so.1",
            "fake_driver.c"));
  }

  private List<String> run(ProcessBuilder builder) throws Exception {
    Process process = builder.directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.lines().toList();
  }

  private List<String> calls(String... environment) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Duser.home=" + folder,
            "-Dorg.bytedeco.javacpp.cachedir=" + cache(),
            "-cp",
            System.getProperty("java.class.path"),
            DriverCalls.class.getName());
    builder.environment().put("LD_LIBRARY_PATH", folder.toString());
    for (String name : environment) {
      builder.environment().put(name, "yes");
    }
    return run(builder);
  }

  /** That of this process: what is unpacked there is 130 MB. */
  private static String cache() throws IOException {
    return org.bytedeco.javacpp.Loader.getCacheDir().toString();
  }

  @Test
  void launchesHaveTheirArguments() throws Exception {
    String launch =
        "vq_gemv_4x4x1_gc on 2 1 1 of 256, 5120 bytes; codes 76543210, x 1234, 140 rows";
    // One run for the result, three cold ones, two that are timed.
    assertThat(calls())
        .containsExactly(
            "Fake GPU sm_90",
            launch,
            "280 bytes, the last 60",
            launch,
            launch,
            launch,
            launch,
            launch,
            "[1.25E-4, 1.25E-4]",
            "0 allocations are left");
  }

  @Test
  void aDeviceThatWritesNothingIsRefused() throws Exception {
    assertThat(calls("FAKE_WRITES_NOTHING"))
        .contains("A kernel that was to write 127 at 0 wrote -1: driver and compiler do not fit");
    assertThat(calls("FAKE_NO_DEVICE"))
        .containsExactly("The CUDA driver has no device (cuInit: 100)");
    assertThat(calls("FAKE_OLD"))
        .containsExactly("The driver is of CUDA 12.8, which does not load machine code of CUDA 13");
  }
}
