package org.trispike.jobs.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.jobs.Main;
import org.trispike.kernels.io.FloatArray;
import org.trispike.spiking.Alignment;
import org.trispike.spiking.Encoder;
import org.trispike.spiking.EncoderSpec;
import org.trispike.spiking.Encoders;
import org.trispike.spiking.ModelClass;
import org.trispike.spiking.ModelPreprocessing;
import org.trispike.spiking.RepVli;
import org.trispike.spiking.TeacherRef;

/** The command as the launcher starts it: a JVM of its own with the small class path. */
final class PredictIT {
  private static final Path LIBRARIES = Path.of("target", "predict-lib");

  @TempDir private Path folder;

  @BeforeEach
  void writeModelAndShapes() throws IOException {
    Encoder encoder = Encoders.create(EncoderSpec.standard("e3dsnn-t", 2));
    float[] parameters = new float[encoder.layout().size()];
    encoder.initialize(parameters, 1);
    FloatArray projection = new FloatArray(new int[] {2, 2}, new float[] {1, 0, 0, 1});
    Alignment alignment =
        Alignment.of(encoder, parameters, projection, new float[2], projection, new float[2], 10);
    RepVli.fold(
            encoder,
            parameters,
            alignment,
            List.of(new ModelClass("cube", List.of("cube")), new ModelClass("ball", List.of())),
            List.of(new float[] {1, 0}, new float[] {0, 1}),
            new ModelPreprocessing(500, true, "auto", 0.4f, 2),
            new TeacherRef("none", "embedded"),
            Map.of())
        .write(folder.resolve("model"));
    Files.writeString(
        folder.resolve("a.off"),
        "OFF\n4 4 0\n0 0 0\n1 0 0\n0 1 0\n0 0 1\n3 0 1 2\n3 0 1 3\n3 0 2 3\n3 1 2 3\n");
    Files.writeString(folder.resolve("b.off"), "OFF\n3 1 0\n0 0 0\n1 0 0\n0 1 0\n3 0 1 7\n");
  }

  private record Outcome(int code, String out, String err) {}

  private Outcome predict(String... more) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-cp",
                Path.of("target", "classes") + ":" + LIBRARIES + "/*",
                Main.class.getName(),
                "predict",
                "--model",
                folder.resolve("model").toString()));
    command.addAll(List.of(more));
    Path err = folder.resolve("err.txt");
    Process process = new ProcessBuilder(command).redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), out, Files.readString(err));
  }

  @Test
  void ranksTheClassesOfAShape() throws Exception {
    Outcome outcome = predict("--top", "2", folder.resolve("a.off").toString());
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out().lines()).hasSize(3);
    assertThat(outcome.out()).contains("a.off", "cube", "ball", "cosine");
  }

  @Test
  void saysWhatIsWrongWithAFileAndDoesTheOthers() throws Exception {
    Outcome outcome =
        predict(
            "--json",
            folder.resolve("b.off").toString(),
            folder.resolve("none.ply").toString(),
            folder.resolve("a.off").toString());
    assertThat(outcome.code()).isEqualTo(3);
    List<String> lines = outcome.out().lines().toList();
    assertThat(lines.get(0)).contains("INDEX_OUT_OF_RANGE");
    assertThat(lines.get(1)).contains("MISSING");
    assertThat(lines.get(2)).contains("\"classes\"", "\"cube\"");
  }

  @Test
  void explainsThePathOfEachLayer() throws Exception {
    Outcome outcome = predict("--json", "--explain", folder.resolve("a.off").toString());
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out().lines()).hasSize(1);
    assertThat(outcome.err().lines().filter(line -> line.contains("break-even")))
        .hasSize(18)
        .allMatch(line -> line.matches(".*fires .* % .*goes by (integer|event).*"));
    Outcome missing = predict("--explain", folder.resolve("none.ply").toString());
    assertThat(missing.code()).isEqualTo(3);
    assertThat(missing.err()).contains("none.ply: MISSING");
  }

  @Test
  void hasNoEngineOnItsClassPath() throws IOException {
    try (Stream<Path> jars = Files.list(LIBRARIES)) {
      assertThat(jars.map(jar -> jar.getFileName().toString()))
          .anyMatch(name -> name.startsWith("trispike-vq"))
          .noneMatch(name -> name.matches(".*(spark|hadoop|nd4j|deeplearning4j|scala|training).*"));
    }
  }
}
