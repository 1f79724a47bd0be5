package org.trispike.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

final class MainTest {
  @RegisterExtension private final StandardStreams streams = new StandardStreams();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "quickstart",
        "run",
        "ablate",
        "shard",
        "embed",
        "pretrain",
        "reparameterize",
        "evaluate",
        "report",
        "embed-names",
        "quantize",
        "predict",
        "doctor",
        "config"
      })
  void explainsEachVerb(String verb) {
    assertThat(Main.run(verb, "--help")).isZero();
    assertThat(out()).contains("Usage: trispike " + verb).contains("--help");
    if (!verb.equals("predict")) {
      assertThat(out())
          .contains("--config=FILE")
          .contains("--set=KEY=VALUE")
          .contains("--dry-run")
          .contains("--resume=auto|never")
          .contains("--quiet");
    }
  }

  @Test
  void explainsTheOptionsThatAVerbHasOfItsOwn() {
    assertThat(help("evaluate")).contains("--model", "--twin", "--triplets", "--classes", "--out");
    assertThat(help("predict"))
        .contains("--model=DIR", "--bank=DIR", "--top=N", "--json", "FILE...");
    assertThat(help("embed-names")).contains("--names=FILE", "--model=DIR", "--out=DIR");
    assertThat(help("quantize")).contains("--bank=DIR", "--out=DIR");
    assertThat(help("shard")).contains("--triplets", "--out");
    assertThat(help("quickstart")).contains("--out");
    assertThat(help("report")).contains("--run");
    assertThat(help("config")).contains("--list");
    assertThat(help("doctor")).contains("--json");
  }

  @Test
  void aBankAndNoBankContradictEachOther() {
    assertThat(Main.run("evaluate", "--bank", "names", "--no-bank")).isEqualTo(2);
    assertThat(err()).contains("--bank and --no-bank contradict each other; leave one out");
  }

  @Command(name = "exhausted")
  private static final class Exhausted implements Callable<Integer> {
    @Override
    public Integer call() {
      throw new OutOfMemoryError("Java heap space");
    }
  }

  @Test
  void saysWhatToDoWhereTheHeapIsTooSmall() {
    assertThat(Main.run(new CommandLine(new Exhausted()))).isEqualTo(4);
    assertThat(err()).startsWith("Out of memory (-Xmx ").contains("TRISPIKE_HEAP=");
  }

  @Test
  void namesEachVerbAndEachExitCodeWhenAskedForHelp() {
    // A line that is too long for the terminal goes on in the next one.
    assertThat(help().replaceAll("\\s+", " "))
        .contains("quickstart", "run", "ablate", "shard", "embed", "pretrain", "reparameterize")
        .contains("evaluate", "report", "predict", "config")
        .contains("0 done, 2 usage, 3 data, 4 environment, 5 interrupted and resumable, 70 bug");
  }

  @Test
  void saysWhichVersionsItIsMadeOf() {
    assertThat(Main.run("--version")).isZero();
    assertThat(out().lines())
        .hasSize(3)
        .anyMatch(line -> line.matches("trispike \\d+\\.\\d+\\.\\d+\\S*( \\(commit [0-9a-f]+\\))?"))
        .anyMatch(line -> line.matches("Java 17\\..*, vectors of \\d+ bits"))
        .anyMatch(line -> line.matches("Spark (3\\.5\\.\\d+) \\(built for \\1, Scala 2.12\\)"));
  }

  private String help(String... verb) {
    streams.clear();
    String[] arguments = Arrays.copyOf(verb, verb.length + 1);
    arguments[verb.length] = "--help";
    assertThat(Main.run(arguments)).isZero();
    return out();
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThat(Main.run()).isEqualTo(2);
    assertThat(Main.run("fly")).isEqualTo(2);
    assertThat(Main.run("run", "--fast")).isEqualTo(2);
    assertThat(err()).contains("A verb is missing").contains("fly").contains("--fast");
  }

  @Test
  void namesTheNearestSetting() {
    assertThat(Main.run("config", "--set", "data.view=3")).isEqualTo(2);
    assertThat(err())
        .contains("Unknown setting 'data.view' in --set data.view=3")
        .contains("did you mean 'data.views'?")
        .doesNotContain("\tat ");
  }

  @Test
  void refusesValuesAndFilesThatItCannotRead() {
    assertThat(Main.run("config", "--set", "data.views=many")).isEqualTo(2);
    assertThat(Main.run("config", "--config", folder.resolve("no.conf").toString())).isEqualTo(2);
    assertThat(Main.run("config", "--resume", "perhaps")).isEqualTo(2);
    assertThat(err())
        .contains("data.views is a number")
        .contains("no.conf is not there")
        .contains("perhaps")
        .doesNotContain("\tat ");
  }

  @Test
  void predictsFromLocalFilesAlone() {
    assertThat(Main.run("predict", "--model", "s3a://bucket/model", "a.off")).isEqualTo(2);
    assertThat(err()).contains("s3a:/bucket/model is no local path").contains("Copy it here first");
  }

  @Test
  void letsSetWinOverTheFileAndTheFileOverTheDefault() throws IOException {
    Path file = folder.resolve("mine.conf");
    Files.writeString(file, "data { views = 5, points = 77 }", StandardCharsets.UTF_8);

    int code = Main.run("config", "--config", file.toString(), "--set", "data.views=6", "-q");

    assertThat(code).isZero();
    assertThat(out()).contains("views=6").contains("points=77").contains("epochs=250");
  }

  @Test
  void tellsThatThereIsNoRunToReport() {
    int code = Main.run("report", "--run", folder.resolve("none").toString());

    assertThat(code).isEqualTo(3);
    assertThat(err()).contains("Data: There is no run in").doesNotContain("\tat ");
  }

  @Test
  void printsTheResolvedConfiguration() {
    assertThat(Main.run("config", "--set", "data.views=3", "--resume", "never")).isZero();
    assertThat(out()).contains("views=3").contains("resume=never");
  }

  @Test
  void listsAllSettings() {
    assertThat(Main.run("config", "--list")).isZero();
    assertThat(out()).contains("spark.master = \"\"").contains("data.points = 10000");
  }

  @Test
  void plansARunAndWritesNothing() throws IOException {
    Path list = folder.resolve("triplets.csv");
    Files.writeString(list, "shape,split\na.obj,train\nb.obj,validation\n", StandardCharsets.UTF_8);
    Path run = folder.resolve("run");

    int code =
        Main.run("run", "--dry-run", "--set", "data.triplets=" + list, "--set", "run.dir=" + run);

    assertThat(err()).isEmpty();
    assertThat(code).isZero();
    assertThat(out()).contains("2 shapes (1 train, 1 validation, 0 test)").contains("to do");
    assertThat(run).doesNotExist();
  }

  @Test
  void plansShardsFromAFewOfTheirRows() throws IOException {
    Files.writeString(folder.resolve("a.off"), "OFF\n3 1 0\n0 0 0\n1 0 0\n0 1 0\n3 0 1 2\n");
    Files.writeString(folder.resolve("list.csv"), "shape,split\na.off,train\nno.off,test\n");
    Path run = folder.resolve("run");

    int code =
        Main.run(
            "shard",
            "--dry-run",
            "--triplets",
            folder.resolve("list.csv").toString(),
            "--out",
            run.toString(),
            "--set",
            "data.views=0",
            "--master",
            "local[2]");

    assertThat(err()).isEmpty();
    assertThat(code).isZero();
    assertThat(out())
        .contains(
            "Estimate    from 2 drawn rows, made and thrown away; 1 cannot be used, as no.off")
        .contains("2 shards of at most 1 rows, 0.1 MB (")
        .contains("2 row groups of 1 rows")
        .contains(" s on 2 cores; storage")
        .contains("shuffle window of 2 rows: 0 MB of points in each JVM")
        .contains("Nothing was written");
    assertThat(run).doesNotExist();
  }

  @Test
  void tellsWhatIsMissingBeforeItBegins() {
    int code = Main.run("shard", "--triplets", folder.resolve("none.csv").toString(), "--dry-run");

    assertThat(code).isIn(2, 3);
    assertThat(err()).contains("none.csv").doesNotContain("\tat ");
  }

  private String out() {
    return streams.out();
  }

  private String err() {
    return streams.err();
  }
}
