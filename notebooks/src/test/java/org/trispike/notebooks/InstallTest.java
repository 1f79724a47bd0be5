package org.trispike.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The installer, on a machine that has as much of Jupyter as a test gives it. */
final class InstallTest {
  @TempDir private Path folder;
  private Path programs;

  private record Outcome(int code, String said) {}

  @BeforeEach
  void givePrograms() throws IOException {
    programs = Files.createDirectory(folder.resolve("programs"));
    for (String program : List.of("dirname", "mkdir", "cat")) {
      give(program, "PATH=/bin:/usr/bin exec " + program + " \"$@\"");
    }
  }

  private void give(String name, String script) throws IOException {
    Path program = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + script + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
  }

  private Outcome install(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "install.sh"));
    command.addAll(List.of(options));
    ProcessBuilder install = new ProcessBuilder(command).redirectErrorStream(true);
    install.environment().clear();
    install
        .environment()
        .putAll(Map.of("PATH", programs.toString(), "HOME", folder.resolve("home").toString()));
    Process process = install.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), said);
  }

  @Test
  void tellsJupyterToStartTheLauncher() throws Exception {
    give("jupyter", "exit 0");

    assertThat(install()).extracting(Outcome::code).isEqualTo(0);
    assertThat(install("--prefix", folder.resolve("env").toString()).code()).isZero();

    Path home = Path.of("").toAbsolutePath().getParent();
    for (String data : List.of("home/.local/share/jupyter", "env/share/jupyter")) {
      JsonNode kernel =
          new ObjectMapper()
              .readTree(folder.resolve(data + "/kernels/trispike/kernel.json").toFile());
      assertThat(kernel.path("argv"))
          .extracting(JsonNode::asText)
          .containsExactly(home + "/trispike", "notebook", "kernel", "{connection_file}");
      assertThat(kernel.path("interrupt_mode").asText()).isEqualTo("message");
      assertThat(Path.of(kernel.path("argv").get(0).asText())).isExecutable();
    }
  }

  @Test
  void saysThatThereIsNoJupyterAndWritesNothing() throws Exception {
    Outcome outcome = install();

    assertThat(outcome.code()).isEqualTo(4);
    assertThat(outcome.said())
        .startsWith("Environment: Jupyter is not there")
        .contains("install it");
    assertThat(folder.resolve("home")).doesNotExist();
  }

  @Test
  void refusesOptionsThatItDoesNotKnow() throws Exception {
    give("jupyter", "exit 0");

    assertThat(install("--user").code()).isEqualTo(2);
    assertThat(install("--prefix").code()).isEqualTo(2);
    assertThat(folder.resolve("home")).doesNotExist();
  }
}
