package org.trispike.training.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.Progress;
import org.trispike.datasets.UserError;
import org.trispike.datasets.teacher.TeacherConfig;
import org.trispike.datasets.teacher.TextSide;
import org.trispike.kernels.io.SafeTensors;
import org.trispike.spiking.Alignment;
import org.trispike.spiking.SpikingModel;
import org.trispike.training.evaluate.TinyWorld;
import org.trispike.vq.bank.Bank;

final class EmbedNamesActionTest {
  @TempDir private static Path shared;
  @TempDir private Path folder;
  private static SparkSession spark;
  private static TinyWorld world;

  @BeforeAll
  static void begin() throws IOException {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("embed-names")
            .config("spark.ui.enabled", false)
            .getOrCreate();
    world = new TinyWorld(shared, spark);
  }

  @AfterAll
  static void end() {
    spark.stop();
  }

  private BankConfig config(String names, String... more) throws IOException {
    Path file = folder.resolve("some.txt");
    Files.writeString(file, names);
    List<String> settings =
        Stream.concat(
                Stream.of(
                    "bank.names = \"" + file + "\"",
                    "bank.output = \"" + folder.resolve("bank") + "\"",
                    "bank.precision = float32"),
                Stream.of(more))
            .toList();
    return BankConfig.from(world.config(settings.toArray(String[]::new)));
  }

  private static EmbedNamesResult run(BankConfig config) {
    return new EmbedNamesAction(spark, config, Progress.silent()).run();
  }

  @Test
  void rowsAreTheClassVectorsOfTheNames() throws IOException {
    EmbedNamesResult result =
        run(config("\uFEFFflat box\n\ncube\r\nflat_box\n  die \ncube\nplank\n \nlong_box"));

    assertThat(result.rows()).isEqualTo(5);
    assertThat(result.empty()).isEqualTo(2);
    assertThat(result.duplicates()).isEqualTo(2);
    assertThat(folder.resolve("bank"))
        .isDirectoryContaining("glob:**bank.json")
        .isDirectoryNotContaining("glob:**_*");
    assertThat(Files.readString(folder.resolve("bank/names-0.txt")))
        .isEqualTo("flat box\ncube\ndie\nplank\nlong_box\n");
    SpikingModel model = SpikingModel.read(world.run.resolve("model"));
    Alignment alignment = model.alignment().orElseThrow();
    float[] rows =
        SafeTensors.read(folder.resolve("bank/vectors-0.safetensors")).get("rows").data();
    List<String> names = List.of("flat box", "cube", "die", "plank", "long box");
    try (TextSide texts =
        TextSide.precomputed(new Configuration(), TeacherConfig.from(world.config()), 6)) {
      for (int i = 0; i < names.size(); i++) {
        float[] expected = alignment.classVector(texts.embed(names.get(i)));
        for (int c = 0; c < expected.length; c++) {
          assertThat(rows[i * expected.length + c]).isCloseTo(expected[c], within(1e-6f));
        }
      }
    }
    Bank bank = Bank.open(folder.resolve("bank"));
    assertThat(bank.manifest().space().teacher()).isEqualTo(model.teacher().orElseThrow().id());
    assertThat(bank.manifest().space().projection()).isEqualTo(alignment.projectionId());
    assertThat(bank.manifest().id()).isEqualTo(result.id());
    assertThat(bank.name(4)).isEqualTo("long_box");
  }

  @Test
  void finishedWorkIsTakenAsItIsAndOtherWorkRefused() throws IOException {
    EmbedNamesResult first = run(config("cube\ndie\n"));
    assertThat(run(config("cube\ndie\n\n"))).isEqualTo(first);
    assertThatThrownBy(() -> run(config("cube\nplank\n")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("already holds a finished result of another input");
    assertThatThrownBy(() -> run(config("cube\ndie\n", "run.resume = never")))
        .hasMessageContaining("already holds a finished result");
  }

  @Test
  void whatIsNoListOfNamesIsRefusedBeforeAnythingIsWritten() throws IOException {
    assertThatThrownBy(() -> run(config("\n \n"))).hasMessageContaining("holds no names");
    assertThatThrownBy(() -> run(config("a\n" + "b".repeat(1001))))
        .hasMessageContaining("some.txt, line 2: a name of 1001 characters, over 1000");
    BankConfig config = config("cube");
    Files.write(folder.resolve("some.txt"), new byte[] {'a', (byte) 0xC3, '\n'});
    assertThatThrownBy(() -> run(config)).hasMessageContaining("is not UTF-8 text");
    Files.delete(folder.resolve("some.txt"));
    assertThatThrownBy(() -> run(config)).hasMessageContaining("There is no file of names");
    assertThat(folder.resolve("bank")).doesNotExist();
  }

  @Test
  void aNameThatTheTeacherDoesNotKnowIsNamed() throws IOException {
    assertThatThrownBy(() -> run(config("cube\nzebra\n")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("zebra");
  }
}
