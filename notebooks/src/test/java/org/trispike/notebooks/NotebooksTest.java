package org.trispike.notebooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.format.Images;
import org.trispike.datasets.shard.DatasetManifest;
import org.trispike.jobs.Main;
import org.trispike.spiking.ModelClass;
import org.trispike.spiking.SpikingModel;

/** The notebooks as they lie in the repository, cell by cell, on a run that was just made. */
final class NotebooksTest {
  @TempDir private static Path folder;
  private static Path run;

  private final StringBuilder text = new StringBuilder();

  @BeforeAll
  static void makeARun() {
    run = folder.resolve("run");
    String preset = "../jobs/src/test/resources/tiny.conf";
    assertThat(Main.run("quickstart", "-q", "--config", preset, "--out", run.toString())).isZero();
  }

  /** Evaluates all cells; what they print, and the texts and markup of what they show, is kept. */
  private String execute(String name) throws IOException {
    PrintStream standardOut = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try (JavaCells cells = new JavaCells()) {
      for (String cell : Notebook.read(Path.of(name)).code()) {
        String code = cell.replace(Notebook.RUN, "\"" + run + "\"");
        try {
          keep(cells.evaluate(code));
        } catch (CellException e) {
          throw new AssertionError(name + ": " + e.getMessage() + "\nin the cell\n" + code, e);
        }
      }
    } finally {
      System.setOut(standardOut);
    }
    return text.append(printed.toString(StandardCharsets.UTF_8)).toString();
  }

  private void keep(Object value) {
    text.append(value).append('\n');
    if (value instanceof Shown shown && shown.type().equals("text/html")) {
      text.append(shown.content()).append('\n');
    } else if (value instanceof Shown shown) {
      byte[] png = Base64.getDecoder().decode(shown.content());
      assertThat(Images.decodeAgain(png).getWidth()).isEqualTo(320);
    }
  }

  @Test
  void shardsShowsTheRowsThatTheManifestCounts() throws IOException {
    DatasetManifest manifest =
        DatasetManifest.read(new Configuration(), run.resolve("dataset").toString());

    String shown = execute("shards.ipynb");

    assertThat(manifest.rows()).isEqualTo(32);
    assertThat(shown)
        .contains("32 rows, 32 by the manifest")
        .contains("64 points")
        .contains("src=\"data:image/png;base64,");
    manifest
        .categories()
        .keySet()
        .forEach(name -> assertThat(shown).contains("<td class=\"\">" + name));
  }

  @Test
  void pretrainingDrawsTheRoundsThatTheRunWrote() throws IOException {
    int rounds = Files.readAllLines(run.resolve("metrics.jsonl")).size();

    String shown = execute("pretraining.ipynb");

    assertThat(rounds).isPositive();
    assertThat(shown)
        .contains(rounds + " rounds; each line has round, ")
        .contains("<title>Loss</title>", "<title>Logit scale</title>")
        .contains("<title>Firing rate (mean integer spike)</title>")
        .contains("<title>Own caption, share of the validation shapes</title>");
    // Three curves of the loss, two of the validation, and two alone.
    assertThat(shown.split("<polyline", -1)).hasSize(8);
  }

  @Test
  void zeroShotRanksEveryClassOfTheModelOnce() throws IOException {
    List<String> classes =
        SpikingModel.read(run.resolve("model")).classes().stream().map(ModelClass::name).toList();

    String shown = execute("zero-shot.ipynb");

    assertThat(classes).hasSize(16);
    assertThat(shown).contains(": 16 classes").contains("µJ a view");
    for (String name : classes) {
      assertThat(shown.split("<td class=\"\">" + name + "</td>", -1)).as(name).hasSize(2);
    }
    assertThat(shown).contains("<h3>Layers</h3>", "<td class=\"\">stem.0</td>");
  }

  @Test
  void namesTheRunInItsFirstCellAndSaysSoWhenItIsNotThere() throws IOException {
    for (Notebook notebook : Notebook.all()) {
      String first = notebook.code().get(0);
      assertThat(first).contains(Notebook.RUN);
      String missing = first.replace(Notebook.RUN, "\"" + folder.resolve("none") + "\"");
      try (JavaCells cells = new JavaCells()) {
        assertThatThrownBy(() -> cells.evaluate(missing))
            .isInstanceOf(CellException.class)
            .hasMessageStartingWith("There is no run in " + folder.resolve("none"))
            .hasMessageContaining("./trispike quickstart");
      }
    }
  }

  @Test
  void keepsNoOutputInTheRepository() throws IOException {
    assertThat(Notebook.all()).hasSize(3);
    for (Notebook notebook : Notebook.all()) {
      for (JsonNode cell : notebook.codeCells()) {
        assertThat(cell.path("outputs").isArray()).isTrue();
        assertThat(cell.path("outputs")).as(notebook.file() + " " + cell.path("id")).isEmpty();
        assertThat(cell.path("execution_count").isNull()).isTrue();
      }
    }
  }

  @Test
  void runUnderJupyterWhereThatIsInstalled() throws Exception {
    Jupyter jupyter = Jupyter.assumeHere(folder);
    for (Notebook notebook : Notebook.all()) {
      Path copy = notebook.about(run, folder);

      jupyter.execute(copy);

      List<JsonNode> outputs =
          Notebook.read(copy).codeCells().stream()
              .flatMap(cell -> cell.path("outputs").findValues("output_type").stream())
              .toList();
      assertThat(outputs).extracting(JsonNode::asText).contains("execute_result", "stream");
      assertThat(outputs).extracting(JsonNode::asText).doesNotContain("error");
      String all = Files.readString(copy);
      assertThat(all).contains("\"text/html\"").contains("class=\\\"trispike\\\"");
      if (!notebook.file().toString().startsWith("pretraining")) {
        assertThat(all).contains("\"image/png\"");
      }
    }
  }
}
