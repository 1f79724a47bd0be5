package org.trispike.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.UserError;

final class SettingsTest {
  private static final Reference REFERENCE =
      Reference.of(
          ConfigFactory.parseString(
              """
              run {
                # Where it goes.
                dir = "runs/default"
                # Whether it goes on.
                resume = auto
              }
              data {
                # The list.
                triplets = ""
                # How many.
                points = 100
                # Which.
                names = []
              }
              train {
                # How fast.
                learning-rate = 0.1
                # Whether at all.
                warm = true
              }
              """));

  @TempDir Path folder;

  @Test
  void setWinsOverFileOverPresetOverDefault() throws IOException {
    file("preset.conf", "data { points = 1, triplets = a.csv }\ntrain.learning-rate = 1");
    Path file = file("mine.conf", "include \"preset.conf\"\ndata.points = 2\ntrain.warm = false");

    Settings settings = resolve(Optional.of(file), "data.points=3", "data.points = 4");

    assertThat(settings.config().getInt("data.points")).isEqualTo(4);
    assertThat(settings.config().getBoolean("train.warm")).isFalse();
    assertThat(settings.config().getDouble("train.learning-rate")).isEqualTo(1);
    assertThat(settings.config().getString("data.triplets")).isEqualTo("a.csv");
    assertThat(settings.config().getString("run.dir")).isEqualTo("runs/default");
  }

  @Test
  void takesTextsLiterally() {
    Settings settings = resolve(Optional.empty(), "data.triplets=../a b,c[1]{2}#.csv");

    assertThat(settings.config().getString("data.triplets")).isEqualTo("../a b,c[1]{2}#.csv");
  }

  @Test
  void readsListsAndScientificNumbers() {
    Settings settings = resolve(Optional.empty(), "data.names=[a, b]", "train.learning-rate=3e-4");

    assertThat(settings.config().getStringList("data.names")).containsExactly("a", "b");
    assertThat(settings.config().getDouble("train.learning-rate")).isEqualTo(3e-4);
  }

  @Test
  void namesTheNearestKeyForOneThatIsUnknown() throws IOException {
    Path file = file("mine.conf", "train.learning_rate = 1");

    assertThatThrownBy(() -> resolve(Optional.of(file)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("Unknown setting 'train.learning_rate' in " + file)
        .hasMessageContaining("did you mean 'train.learning-rate'?");
    assertThatThrownBy(() -> resolve(Optional.empty(), "data.learning-rate=1"))
        .hasMessageContaining("did you mean 'train.learning-rate'?");
    assertThatThrownBy(() -> resolve(Optional.empty(), "zebra.crossing.of.things=1"))
        .hasMessageContaining("no known setting is like it");
  }

  @Test
  void refusesValuesOfAnotherKind() {
    assertThatThrownBy(() -> resolve(Optional.empty(), "data.points=many"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("data.points is a number, not \"many\"");
    assertThatThrownBy(() -> resolve(Optional.empty(), "train.warm=7"))
        .hasMessageContaining("train.warm is true or false, not 7");
    assertThatThrownBy(() -> resolve(Optional.empty(), "data=7"))
        .hasMessageContaining("data is a group of settings");
    assertThatThrownBy(() -> resolve(Optional.empty(), "data.points"))
        .hasMessageContaining("--set wants key=value");
  }

  @Test
  void refusesAFileThatIsMissingOrNoHocon() throws IOException {
    Path broken = file("broken.conf", "data { points = ");
    Path dangling = file("dangling.conf", "include required(\"nowhere.conf\")");

    assertThatThrownBy(() -> resolve(Optional.of(folder.resolve("none.conf"))))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("none.conf is not there");
    assertThatThrownBy(() -> resolve(Optional.of(broken)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("broken.conf cannot be read");
    assertThatThrownBy(() -> resolve(Optional.of(dangling))).isInstanceOf(UserError.class);
  }

  @Test
  void readsItsOwnRenderingAgain() throws IOException {
    Settings settings = resolve(Optional.empty(), "data.points=3", "data.triplets=a \"b\" c");
    Path again = file("again.conf", settings.render());

    Settings reread = resolve(Optional.of(again));

    assertThat(reread.differences(settings.config())).isEmpty();
    assertThat(reread.hash()).isEqualTo(settings.hash());
    assertThat(settings.render()).contains("# How many.");
  }

  @Test
  void tellsWhatDecidesAResultFromWhatDoesNot() {
    Settings one = resolve(Optional.empty(), "run.dir=a", "run.resume=never");
    Settings other = resolve(Optional.empty(), "run.dir=b");
    Settings different = resolve(Optional.empty(), "data.points=3");

    assertThat(one.hash()).isEqualTo(other.hash()).isNotEqualTo(different.hash());
    assertThat(one.differences(other.config())).isEmpty();
    assertThat(different.differences(one.config()))
        .extracting(Settings.Difference::toString)
        .containsExactly("data.points = 100 there, 3 now");
  }

  @Test
  void readsMoreSettingsOverThoseThatThereAre() {
    Settings base = resolve(Optional.empty(), "data.points=3", "train.warm=false");

    Settings more = base.with(List.of("data.points=4", "data.triplets=a.csv"));

    assertThat(more.config().getInt("data.points")).isEqualTo(4);
    assertThat(more.config().getString("data.triplets")).isEqualTo("a.csv");
    assertThat(more.config().getBoolean("train.warm")).isFalse();
    assertThat(base.config().getInt("data.points")).isEqualTo(3);
    assertThat(more.hash())
        .isEqualTo(
            resolve(Optional.empty(), "train.warm=false", "data.points=4", "data.triplets=a.csv")
                .hash());
    assertThatThrownBy(() -> base.with(List.of("data.pionts=4")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("did you mean 'data.points'?");
  }

  /** Also that the files of all modules are read, not the first one on the class path alone. */
  @Test
  void listsEverySettingOfTheModulesWithItsMeaning() {
    List<Setting> settings = Reference.load().settings();

    assertThat(settings)
        .extracting(setting -> setting.key().split("\\.", 2)[0])
        .contains("run", "data", "teacher", "encoder", "pretrain", "spark", "report", "ablate");
    assertThat(settings)
        .filteredOn(setting -> setting.meaning().isBlank())
        .extracting(Setting::key)
        .as("settings without a sentence beside them in reference.conf")
        .isEmpty();
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
  }

  private static Settings resolve(Optional<Path> file, String... sets) {
    return Settings.resolve(REFERENCE, file, List.of(sets));
  }
}
