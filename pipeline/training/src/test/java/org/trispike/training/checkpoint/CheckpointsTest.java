package org.trispike.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.UserError;
import org.trispike.spiking.EncoderSpec;
import org.trispike.training.align.AlignmentSpec;
import org.trispike.training.averaging.AveragingState;
import org.trispike.training.averaging.ReplicaState;
import org.trispike.training.graph.AlignmentGraph;
import org.trispike.training.graph.EncoderSpecs;
import org.trispike.training.graph.GraphSpec;
import org.trispike.training.graph.OptimizerSpec;
import org.trispike.training.graph.ProjectionStart;
import org.trispike.training.graph.TrainedParts;
import org.trispike.training.graph.WarmupCosine;

final class CheckpointsTest {
  private static final EncoderSpec ENCODER = EncoderSpec.standard("e3dsnn-t", 8);
  private static ComputationGraph graph;

  @TempDir private Path folder;

  @BeforeAll
  static void makeGraph() {
    graph =
        AlignmentGraph.create(
            new GraphSpec(
                ENCODER,
                8,
                ProjectionStart.RANDOM,
                AlignmentSpec.standard(),
                new OptimizerSpec(new WarmupCosine(1e-3, 1e-3, 1e-3, 0, 1), 0.9, 0.98, 1e-8, 0),
                1,
                1));
  }

  @AfterEach
  void heal() {
    FaultyFileSystem.heal();
  }

  private Checkpoints checkpoints() {
    return Checkpoints.in(FaultyFileSystem.configuration(), "faulty:" + folder.resolve("run"));
  }

  private static TrainingState state(int round) {
    return new TrainingState(
        "work",
        "data",
        "teacher",
        "embedded",
        1,
        round,
        8 * round,
        16L * round,
        64L * round,
        0.5 * round,
        Double.NaN,
        round,
        true,
        EncoderSpecs.toMap(ENCODER),
        64);
  }

  /** Round {@code round}: the graph's parameters, the first of which is the round's number. */
  private static void write(Checkpoints checkpoints, int round) {
    ReplicaState replica = ReplicaState.of(graph);
    replica.parameters()[0] = round;
    checkpoints.write(
        Checkpoints.name(round),
        Checkpoint.of("", state(round), TrainedParts.of(graph, replica.parameters()), 100),
        new Resumable(
            state(round), replica, Optional.of(replica.parameters()), AveragingState.none()));
  }

  private void verify(Checkpoints checkpoints, int round) {
    Resumable resumable = checkpoints.readResumable(Checkpoints.name(round));
    assertThat(resumable.replica().parameters()[0]).isEqualTo(round);
    assertThat(resumable.replica().iterations()).isEqualTo(8 * round);
    assertThat(resumable.state().toJson()).isEqualTo(state(round).toJson());
    assertThat(checkpoints.read(Checkpoints.name(round)).state().samples()).isEqualTo(64L * round);
  }

  private List<String> listing(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("run").resolve(name))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Checkpoints checkpoints = checkpoints();
    write(checkpoints, 1);
    write(checkpoints, 12);
    assertThat(checkpoints.names()).containsExactly("round-000001", "round-000012");
    verify(checkpoints, 1);
    verify(checkpoints, 12);
    assertThat(listing("round-000012"))
        .containsExactly(
            "MANIFEST.json", "model.safetensors", "optimizer.safetensors", "state.json");
  }

  @Test
  void whatAveragingCarriesIsWrittenWhereThereIsSome() {
    Checkpoints checkpoints = checkpoints();
    ReplicaState replica = new ReplicaState(new float[] {1, 2}, new float[0], 8, 1);
    Checkpoint model =
        Checkpoint.of(
            "", state(1), TrainedParts.of(graph, ReplicaState.of(graph).parameters()), 100);
    AveragingState carried =
        new AveragingState(
            List.of(new float[] {3, 4, 5, 6}, new float[] {7, 8, 9, 10}),
            Optional.of(new float[] {11, 12}));
    checkpoints.write(
        "round-000001", model, new Resumable(state(1), replica, Optional.empty(), carried));
    Resumable found = checkpoints.readResumable("round-000001");
    assertThat(found.replica().updater()).isEmpty();
    assertThat(found.averaging().moments())
        .containsExactly(new float[] {3, 4, 5, 6}, new float[] {7, 8, 9, 10});
    assertThat(found.averaging().velocity()).hasValue(new float[] {11, 12});
    write(checkpoints, 2);
    AveragingState nothing = checkpoints.readResumable("round-000002").averaging();
    assertThat(nothing.moments()).isEmpty();
    assertThat(nothing.velocity()).isEmpty();
  }

  @Test
  void aFaultAtAnyChangeLeavesTheOldOrTheNewCheckpointWhole() {
    Checkpoints checkpoints = checkpoints();
    write(checkpoints, 1);
    int faults = 0;
    for (boolean failed = true; failed; faults++) {
      FaultyFileSystem.failAfter(faults);
      try {
        write(checkpoints, 2);
      } catch (UserError e) {
        assertThat(e.kind()).isEqualTo(UserError.Kind.ENVIRONMENT);
        assertThat(e).hasMessageContaining("No space left on device");
        assertThat(e).hasMessageContaining("earlier checkpoints are untouched");
      }
      failed = FaultyFileSystem.failed();
      FaultyFileSystem.heal();
      List<String> names = checkpoints.names();
      assertThat(names).startsWith("round-000001");
      verify(checkpoints, 1);
      if (names.size() > 1) {
        verify(checkpoints, 2);
      }
    }
    // Four files, each made and moved over what was there, and what is tidied before and after.
    assertThat(faults).isGreaterThan(15);
    verify(checkpoints, 2);
  }

  @Test
  void aFaultWhilePruningLeavesOnlyWholeCheckpoints() {
    int faults = 0;
    for (boolean failed = true; failed; faults++) {
      Checkpoints checkpoints = checkpoints();
      for (int round = 1; round <= 4; round++) {
        write(checkpoints, round);
      }
      FaultyFileSystem.failAfter(faults);
      try {
        checkpoints.prune(1, Set.of("round-000002"));
      } catch (UserError e) {
        assertThat(e).hasMessageContaining("Cannot tidy");
      }
      failed = FaultyFileSystem.failed();
      FaultyFileSystem.heal();
      assertThat(checkpoints.names()).contains("round-000002", "round-000004");
      for (String name : checkpoints.names()) {
        verify(checkpoints, Integer.parseInt(name.substring(name.length() - 6)));
      }
    }
    assertThat(faults).isGreaterThan(4);
    assertThat(checkpoints().names()).containsExactly("round-000002", "round-000004");
  }

  @Test
  void aFlippedBitIsFoundByName() throws IOException {
    Checkpoints checkpoints = checkpoints();
    write(checkpoints, 1);
    for (String name : List.of("model.safetensors", "optimizer.safetensors", "state.json")) {
      Path file = folder.resolve("run/round-000001").resolve(name);
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 4;
      Files.write(file, bytes);
      UserError error =
          catchThrowableOfType(
              UserError.class,
              () -> {
                var unused = checkpoints.read("round-000001");
                var unusedToo = checkpoints.readResumable("round-000001");
              });
      assertThat(error.kind()).isEqualTo(UserError.Kind.DATA);
      assertThat(error)
          .hasMessageContaining("CORRUPT_CHECKPOINT")
          .hasMessageContaining(name)
          .hasMessageContaining("Delete its folder to go on from the checkpoint before it");
      bytes[bytes.length / 2] ^= 4;
      Files.write(file, bytes);
    }
    verify(checkpoints, 1);
  }

  @Test
  void aFolderWithoutAManifestIsNoCheckpoint() throws IOException {
    Checkpoints checkpoints = checkpoints();
    write(checkpoints, 1);
    Files.delete(folder.resolve("run/round-000001/MANIFEST.json"));
    assertThat(checkpoints.names()).isEmpty();
    assertThatThrownBy(() -> checkpoints.read("round-000001"))
        .hasMessageContaining("is no checkpoint (MANIFEST.json is missing)");
    String run = "faulty:" + folder.resolve("run");
    assertThatThrownBy(() -> Checkpoints.latest(FaultyFileSystem.configuration(), run))
        .hasMessageContaining("holds no checkpoint; run pretrain first");
  }
}
