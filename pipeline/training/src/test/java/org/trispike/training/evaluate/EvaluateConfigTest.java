package org.trispike.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.Split;
import org.trispike.datasets.UserError;
import org.trispike.datasets.shard.OnBadRow;
import org.trispike.datasets.shard.ShardConfig;
import org.trispike.datasets.source.Layout;
import org.trispike.spiking.Weights;

final class EvaluateConfigTest {
  private static EvaluateConfig from(String... settings) {
    Config given = ConfigFactory.parseString(String.join("\n", settings));
    return EvaluateConfig.from(
        given
            .withFallback(ConfigFactory.parseString("report.examples = 12"))
            .withFallback(ConfigFactory.load()));
  }

  @Test
  void aRunIsMeasuredWhereItLies() {
    EvaluateConfig config = from("run.dir = r");
    assertThat(config.model()).isEqualTo("r/model");
    assertThat(config.dataset()).isEqualTo("r/embedded");
    assertThat(config.output()).isEqualTo("r/evaluation");
    assertThat(config.split()).isEqualTo(Split.VALIDATION);
    assertThat(config.list()).isEmpty();
    assertThat(config.classes()).isEmpty();
    assertThat(config.twin()).isEmpty();
    assertThat(config.bank()).isEmpty();
    assertThat(config.rotations()).isZero();
    assertThat(config.weights()).isEqualTo(Weights.FLOAT32);
    assertThat(config.examples()).isEqualTo(12);
    assertThat(config.resume()).isTrue();
  }

  @Test
  void everyKeyIsMapped() {
    EvaluateConfig config =
        from(
            "run { dir = r, data = d, seed = 4, resume = never }",
            "evaluate { model = m, twin = t, split = test, classes = c.json, rotations = 6 }",
            "evaluate { output = o, weights = int8, bank = b }",
            "reparameterize.templates = [\"a {}\"]",
            "report.examples = 3");
    assertThat(config.model()).isEqualTo("m");
    assertThat(config.twin()).isEqualTo("t");
    assertThat(config.dataset()).isEqualTo("d/embedded");
    assertThat(config.split()).isEqualTo(Split.TEST);
    assertThat(config.classes()).isEqualTo("c.json");
    assertThat(config.templates()).isEqualTo(List.of("a {}"));
    assertThat(config.rotations()).isEqualTo(6);
    assertThat(config.weights()).isEqualTo(Weights.INT8);
    assertThat(config.examples()).isEqualTo(3);
    assertThat(config.seed()).isEqualTo(4);
    assertThat(config.output()).isEqualTo("o");
    assertThat(config.bank()).isEqualTo("b");
    assertThat(config.resume()).isFalse();
  }

  @Test
  void aListIsMeasuredWithoutAnOutputUnlessOneIsNamed() {
    EvaluateConfig config =
        from(
            "evaluate.triplets = some/list.csv",
            "data { triplets = other.csv, on-bad-row = fail, max-bad-ratio = 0.5 }");
    assertThat(config.output()).isEmpty();
    ShardConfig list = config.list().orElseThrow();
    assertThat(list.triplets()).isEqualTo("some/list.csv");
    assertThat(list.root()).isEqualTo("some");
    assertThat(list.onBadRow()).isEqualTo(OnBadRow.FAIL);
    assertThat(list.maxBadRatio()).isEqualTo(0.5);
  }

  @Test
  void aListIsAListWhateverTheLayoutThatWasTrainedOn() {
    EvaluateConfig config =
        from("evaluate.triplets = some/list.csv", "data { layout = modelnet, root = elsewhere }");
    ShardConfig list = config.list().orElseThrow();
    assertThat(list.layout()).isEqualTo(Layout.LIST);
    assertThat(list.root()).isEqualTo("some");
  }

  @Test
  void impossibleValuesAreNamed() {
    assertThatThrownBy(() -> from("evaluate.rotations = -1"))
        .isInstanceOf(UserError.class)
        .hasMessage("evaluate.rotations is in 0..360, not -1");
    assertThatThrownBy(() -> from("evaluate.split = dev"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("evaluate.split is one of train, validation, test");
  }
}
