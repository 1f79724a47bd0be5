package org.trispike.notebooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Jupyter's own client, which starts the kernel in a process and speaks its protocol with it. */
record Jupyter(String python, Path data) {
  /** The one of the path, which need not be the one that the system's packages are for. */
  private static final List<String> PYTHONS = List.of("python3", "/usr/bin/python3");

  private static final String EXECUTE =
      "import sys, nbformat\n"
          + "from nbclient import NotebookClient\n"
          + "notebook = nbformat.read(sys.argv[1], 4)\n"
          + "NotebookClient(notebook, kernel_name='trispike', timeout=60).execute()\n"
          + "nbformat.write(notebook, sys.argv[1])\n";

  /**
   * Skips the test without Jupyter.
   *
   * @param data where its kernels are looked for; this JVM's class path becomes one
   */
  static Jupyter assumeHere(Path data) throws IOException {
    Optional<String> python = PYTHONS.stream().filter(Jupyter::hasClient).findFirst();
    assumeTrue(python.isPresent(), "No python3 here has jupyter_client and nbclient");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(flag -> flag.startsWith("--add-") || flag.startsWith("-XX:+Ignore"))
            .toList());
    command.addAll(List.of("-Djava.awt.headless=true", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(JavaKernel.class.getName(), "{connection_file}"));
    Path kernel = Files.createDirectories(data.resolve("kernels/trispike"));
    new ObjectMapper()
        .writeValue(
            kernel.resolve("kernel.json").toFile(),
            Map.of("argv", command, "display_name", "Java (Trispike)", "language", "java"));
    return new Jupyter(python.get(), data);
  }

  private static boolean hasClient(String python) {
    try {
      return start(python, "-c", "import jupyter_client, nbclient").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Runs all cells of a notebook and keeps their outputs in its file. */
  void execute(Path notebook) throws IOException, InterruptedException {
    ProcessBuilder client = start(python, "-c", EXECUTE, notebook.toString());
    client.environment().put("JUPYTER_PATH", data.toString());
    Process process = client.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private static ProcessBuilder start(String... command) {
    return new ProcessBuilder(command).redirectErrorStream(true);
  }
}
