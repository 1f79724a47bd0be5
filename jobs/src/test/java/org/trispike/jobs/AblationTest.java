package org.trispike.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.UserError;
import org.trispike.jobs.ablation.Variant;
import org.trispike.jobs.config.Settings;
import org.trispike.training.pretrain.PretrainConfig;

final class AblationTest {
  @TempDir Path folder;

  @Test
  void trainsEachVariantInAFolderOfItsOwnOnTheDataOfTheRun() {
    Settings base = settings("pretrain.epochs=9", "run.seed=5", "ablate.epochs=3");
    Ablation ablation = new Ablation(base);

    PretrainConfig text = PretrainConfig.from(ablation.settings(Variant.TEXT).config());
    PretrainConfig mse = PretrainConfig.from(ablation.settings(Variant.BOTH_MSE).config());

    assertThat(text.dataset()).isEqualTo(folder + "/run/embedded");
    assertThat(text.output()).isEqualTo(folder + "/run/ablation/text/checkpoints");
    assertThat(text.learning().epochs()).isEqualTo(3);
    assertThat(text.seed()).isEqualTo(5);
    assertThat(text.loss().textWeight()).isEqualTo(1);
    assertThat(text.loss().imageWeight()).isZero();
    assertThat(mse.loss().mseWeight()).isEqualTo(1);
    assertThat(mse.loss().imageWeight()).isEqualTo(1);
  }

  @Test
  void changesNothingBetweenVariantsButWhatTheyCompare() {
    Ablation ablation = new Ablation(settings("pretrain.batch-size=32"));
    Settings both = ablation.settings(Variant.BOTH);

    assertThat(ablation.settings(Variant.ANN).differences(both.config()))
        .extracting(Settings.Difference::toString)
        .containsExactly("encoder.activation = \"spiking\" there, \"relu\" now");
    assertThat(ablation.settings(Variant.IMAGE).differences(both.config()))
        .extracting(Settings.Difference::toString)
        .containsExactly("pretrain.loss.text = 1 there, 0 now");
  }

  @Test
  void leavesTheResultOfTheRunItselfToItsOwnSettings() {
    Settings one = settings("ablate.epochs=3");
    Settings other = settings("ablate.variants=[text]");

    assertThat(one.hash()).isEqualTo(other.hash());
  }

  @Test
  void plansAndWritesNothing() throws IOException {
    Path list = folder.resolve("triplets.csv");
    Files.writeString(list, "shape,split\na.obj,train\nb.obj,validation\n", StandardCharsets.UTF_8);

    String plan = plan("data.triplets=" + list, "ablate.variants=[image,ann]", "ablate.epochs=7");

    assertThat(plan)
        .contains("2 shapes (1 train, 1 validation, 0 test)")
        .contains("shard           to do     → dataset")
        .contains(
            "image           to do     → ablation/image     pretrain.loss.text=0"
                + " pretrain.loss.image=1 pretrain.loss.mse=0 encoder.activation=spiking"
                + " pretrain.epochs=7\n")
        .contains("ann             to do     → ablation/ann")
        .doesNotContain("ablation/both")
        .contains("Nothing trains the projection of texts in the variant image")
        .endsWith("Nothing was written\n");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void plansOnTheDataOfAnotherRun() throws IOException {
    Path finished = folder.resolve("run/ablation/text/evaluation/evaluation.json");
    Files.createDirectories(finished.getParent());
    Files.createFile(finished);
    Files.createDirectories(folder.resolve("run/ablation/both/checkpoints"));

    String plan = plan("run.data=elsewhere", "ablate.variants=[text,both,ann]");

    assertThat(plan)
        .doesNotContain("dataset ")
        .contains("text            finished")
        .contains("both            begun")
        .contains("ann             to do")
        .doesNotContain("Nothing trains");
    Settings variant = new Ablation(settings("run.data=elsewhere")).settings(Variant.ANN);
    assertThat(variant.config().getString("run.data")).isEqualTo("elsewhere");
  }

  @Test
  void findsBeforeItBeginsWhatAVariantWouldStumbleOver() {
    assertThatThrownBy(() -> plan("run.data=elsewhere", "pretrain.batch-size=1"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("pretrain.batch-size is at least 2, not 1");
  }

  private String plan(String... sets) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Ablation(settings(sets)).plan(new PrintStream(out, true, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8);
  }

  private Settings settings(String... sets) {
    List<String> all = new ArrayList<>(List.of(sets));
    all.add("run.dir=" + folder.resolve("run"));
    return Settings.resolve(Optional.empty(), all);
  }
}
