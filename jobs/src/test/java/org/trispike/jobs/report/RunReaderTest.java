package org.trispike.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.UserError;

final class RunReaderTest {
  @TempDir Path folder;
  private Path run;
  private RunFixture fixture;

  @BeforeEach
  void begin() {
    run = folder.resolve("solids");
    fixture = new RunFixture(run);
  }

  @Test
  void putsZeroShotAccuracyFirstAndTheNearestNeighbourBesideIt() throws IOException {
    fixture.whole();

    Page page = read();

    assertThat(page.title()).isEqualTo("solids");
    assertThat(page.subtitle())
        .isEqualTo("e3dsnn-t, spiking · 8 classes · 288 shapes · teacher minilm-tower-1");
    assertThat(page.tiles())
        .extracting(Page.Tile::value)
        .containsExactly("87.5 %", "70.3 %", "98.5 %", "86.5 %", "1.88 M", "0.0412 mJ");
    assertThat(page.tiles().get(5).meaning()).isEqualTo("energy a shape; 0.884 mJ without spikes");
  }

  @Test
  void drawsACurveOfEachFigureThatTheRoundsHave() throws IOException {
    fixture.whole();

    List<Page.Curves> charts = read().charts();

    assertThat(charts)
        .extracting(Page.Curves::title)
        .containsExactly(
            "Loss",
            "Validation: own caption, %",
            "Validation: found among all shapes, %",
            "Accuracy in the batch, %",
            "Learning rate",
            "Logit scale",
            "Gradient norm",
            "Firing rate (mean integer spike)",
            "Samples a second",
            "Seconds of a round",
            "Mishaps of a round");
    assertThat(charts.get(0).series())
        .extracting(Series::name)
        .containsExactly("all", "text", "image");
    assertThat(charts.get(1).series().get(0).points()).hasSize(12);
    double[] last = charts.get(1).series().get(0).points().get(11);
    assertThat(last[0]).isEqualTo(60);
    assertThat(last[1]).isEqualTo(100 * 0.86 * (1 - Math.exp(-3)));
    assertThat(charts.get(2).series())
        .extracting(Series::name)
        .containsExactly("text, five", "image, first");
    assertThat(charts.get(9).series())
        .extracting(Series::name)
        .containsExactly("all", "slowest replica", "median replica", "averages");
    // What never happened has no curve.
    assertThat(charts.get(10).series()).extracting(Series::name).containsExactly("tasks failed");
  }

  @Test
  void comparesAccuracyWithTheTwinTheNeighbourAndGuessing() throws IOException {
    fixture.whole();

    Page.Table accuracy = table(read().evaluation(), "Accuracy");

    assertThat(accuracy.rows())
        .containsExactly(
            List.of("zero-shot", "87.5 %", "95.5 %", "98.5 %", "86.5 %"),
            List.of("its ANN twin", "89.1 %", "97.1 %", "100.0 %", "88.1 %"),
            List.of("nearest neighbour", "70.3 %", "78.3 %", "81.3 %", "69.3 %"),
            List.of("guessing", "11.1 %", "33.3 %", "55.6 %", "11.1 %"));
    assertThat(accuracy.note())
        .startsWith("64 shapes of validation split of 0f3a77b1c2de, 9 classes")
        .contains("1 could not be read", "2 have no class", "224 labelled training shapes");
    Page.Table names = table(read().evaluation(), "Open vocabulary");
    assertThat(names.rows())
        .containsExactly(
            List.of("search", "50.0 %", "75.0 %", "81.3 %"),
            List.of("all rows exactly", "51.6 %", "75.0 %", "81.3 %"));
    assertThat(names.note())
        .startsWith("61 shapes whose category is among 262\u202f144 names")
        .contains("for 98.4 % of 64 shapes");
    assertThat(table(read().evaluation(), "Retrieval").rows())
        .containsExactly(List.of("text", "42.0 %", "81.0 %", "100.0 %", "58"));
    assertThat(table(read().evaluation(), "Classes").note()).contains("1 class has no shape");
  }

  @Test
  void countsOperationsAndEnergyLayerByLayer() throws IOException {
    fixture.whole();

    Page page = read();

    assertThat(table(page.energy(), "What a shape costs").rows().get(0))
        .containsExactly("this model", "1.28 M", "39.1 M", "0.0412");
    assertThat(table(page.energy(), "Layers").rows()).hasSize(12);
    assertThat(table(page.energy(), "Layers").rows().get(0))
        .containsExactly(
            "stage1.block0.conv", "real", "0.340", "0.610", "91.0 k", "1.28 M", "0", "5.90");
    assertThat(table(page.energy(), "Layers").bars().get(0)).isEqualTo(1);
  }

  @Test
  void turnsCloudsOfShardsIntoThoseOfTheViewer() throws IOException {
    fixture.whole();

    List<Page.Example> examples = read().examples();

    assertThat(examples).hasSize(5);
    assertThat(examples)
        .extracting(Page.Example::right)
        .containsExactly(true, true, true, true, false);
    ByteBuffer cloud =
        ByteBuffer.wrap(Base64.getDecoder().decode(examples.get(0).points()))
            .order(ByteOrder.LITTLE_ENDIAN);
    assertThat(cloud.capacity()).isEqualTo(9 * 100);
    assertThat(cloud.getShort(0) / 32767.0).isCloseTo(1, within());
    assertThat(cloud.getShort(2) / 32767.0).isCloseTo(0, within());
    assertThat(cloud.get(6)).isEqualTo((byte) 60);
  }

  @Test
  void showsWhatAHalfDoneRunHas() throws IOException {
    fixture.config().dataset("dataset", false);
    assertThat(read().subtitle()).isEqualTo("288 shapes · not embedded yet");
    fixture.dataset("embedded", true);
    assertThat(read().subtitle()).endsWith("not trained yet");
    fixture.metrics(25);

    Page page = read();

    assertThat(page.subtitle()).endsWith("in training, round 25");
    assertThat(page.tiles().get(0).meaning()).isEqualTo("own caption first, 64 validation shapes");
    assertThat(page.evaluation()).isEmpty();
    assertThat(page.confusion()).isEmpty();
    assertThat(page.examples()).isEmpty();
    assertThat(table(page.training(), "Course").note()).startsWith("Not finished");
    assertThat(table(page.data(), "Splits").rows()).hasSize(2);
    assertThat(PageWriter.write(page)).contains("Training").doesNotContain("Evaluation");
  }

  @Test
  void takesAnEmptyFolderForARunThatHasNotBegun() throws IOException {
    Files.createDirectories(run);

    assertThat(read().subtitle()).isEqualTo("nothing is finished yet");
    assertThatThrownBy(() -> new RunFiles(new Configuration(), folder + "/none"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("There is no run in");
  }

  @Test
  void leavesOutALastLineThatWasCutOff() throws IOException {
    fixture.config().metrics(20);
    Path metrics = run.resolve("metrics.jsonl");
    Files.writeString(metrics, Files.readString(metrics) + "{\"round\": 21, \"ep");

    assertThat(read().subtitle()).isEqualTo("in training, round 20");
  }

  @Test
  void namesTheFileThatIsDamaged() throws IOException {
    fixture.whole();

    refuses("evaluation/evaluation.json", "{\"zero_shot\": ", "evaluation.json is damaged");
    refuses("evaluation/evaluation.json", "", "evaluation.json is damaged");
    refuses("evaluation/evaluation.json", "[1]", "it holds no JSON object");
    refuses("evaluation/evaluation.json", "{\"format_version\": 2}", "format_version is 2");
    refuses(
        "evaluation/evaluation.json",
        "{\"confusion\": {\"classes\": [\"a\", \"b\"], \"counts\": [[1, 2]]}}",
        "confusion has 1 rows for 2 classes");
    refuses(
        "evaluation/examples.json",
        "{\"examples\": [{\"id\": \"x\", \"layout\": \"u16-xyz-u8-rgb\", \"points\": \"AAAA\"}]}",
        "examples.json is damaged (3 bytes");
    refuses(
        "evaluation/examples.json",
        "{\"examples\": [{\"id\": \"x\", \"layout\": \"odd\"}]}",
        "layout 'odd'");
    refuses("embedded/dataset.json", "{", "dataset.json is no dataset manifest");
    refuses("metrics.jsonl", "{\"round\": 1}\n{]\n{}\n", "metrics.jsonl, line 2 is damaged");
    refuses("config.conf", "run { dir = ", "config.conf is damaged");
  }

  private void refuses(String name, String text, String message) throws IOException {
    byte[] before = Files.readAllBytes(run.resolve(name));
    fixture.write(name, text);
    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(
            UserError.class, error -> assertThat(error.kind()).isEqualTo(UserError.Kind.DATA))
        .hasMessageContaining(message);
    Files.write(run.resolve(name), before);
  }

  @Test
  void listsTheVariantsOfAnAblation() throws IOException {
    fixture.whole().variant("ann", 0.91, 0.9).variant("text", 0.5, 0.03);

    Page.Table table = table(read().evaluation(), "Ablation");

    assertThat(table.rows())
        .containsExactly(
            List.of("text", "50.0 %", "61.0 %", "49.0 %", "0.0300"),
            List.of("text + image, ANN twin", "91.0 %", "100.0 %", "90.0 %", "0.9000"),
            List.of("nearest neighbour", "70.3 %", "81.3 %", "69.3 %", "–"));
  }

  @Test
  void findsTheDataOfARunThatHasNone() throws IOException {
    fixture.config().dataset("embedded", true);
    Path other = folder.resolve("other");
    new RunFixture(other).write("config.conf", "run { data = \"" + run + "\" }");

    Page page = read(other);

    assertThat(page.subtitle()).contains("288 shapes");
  }

  @Test
  void writesOneFileAndLeavesNothingElse() throws IOException {
    fixture.whole();

    ReportResult result = new ReportAction(new Configuration(), config(run)).run();

    assertThat(Files.size(run.resolve("report.html"))).isEqualTo(result.bytes());
    try (Stream<Path> files = Files.list(run)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "checkpoints",
              "config.conf",
              "dataset",
              "embedded",
              "evaluation",
              "metrics.jsonl",
              "model",
              "report.html");
    }
  }

  private Page read() {
    return read(run);
  }

  private static Page read(Path directory) {
    Configuration hadoop = new Configuration();
    return new RunReader(hadoop, config(directory), new RunFiles(hadoop, directory.toString()))
        .read();
  }

  private static ReportConfig config(Path directory) {
    return new ReportConfig(directory.toString(), 5, 100);
  }

  private static Page.Table table(List<Page.Table> tables, String title) {
    return tables.stream().filter(table -> table.title().equals(title)).findFirst().orElseThrow();
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-4);
  }
}
