package org.trispike.jobs.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.UserError;

final class AblationTableTest {
  private static final Map<String, String> FILES =
      Map.of(
          "ablation/text/evaluation/evaluation.json",
          """
          {"zero_shot": {"shapes": 96, "top1": 0.5, "top5": 0.75, "class_mean": 0.481},
           "energy": {"energy_mj_per_shape": 0.04123}}
          """,
          "ablation/both-mse/evaluation/evaluation.json",
          """
          {"zero_shot": {"shapes": 96, "top1": 0.625, "top5": null, "class_mean": 0.6},
           "neighbour": {"shapes": 96, "top1": 0.465, "top5": 0.657, "class_mean": 0.477}}
          """);

  @Test
  void writesAMarkdownTableWithTheNearestNeighbourBeneath() {
    String text = read(Variant.TEXT, Variant.IMAGE, Variant.BOTH_MSE).markdown();

    assertThat(text)
        .isEqualTo(
            """
            | variant | top-1 | top-5 | class mean | mJ a shape |
            |:---|---:|---:|---:|---:|
            | text | 50.0 % | 75.0 % | 48.1 % | 0.0412 |
            | text + image + MSE | 62.5 % | – | 60.0 % | – |
            | nearest neighbour | 46.5 % | 65.7 % | 47.7 % | – |

            Zero-shot, 96 shapes. The nearest neighbour compares proportions and colours of\
             labelled training shapes; it is no zero-shot method.
            """);
  }

  @Test
  void hasNoRowsBeforeAVariantIsFinished() {
    assertThat(read(Variant.ANN).rows()).isEmpty();
    assertThat(read(Variant.ANN).markdown()).endsWith("|---:|\n");
  }

  @Test
  void readsItsSettingsAndRefusesWhatIsNoVariant() {
    AblationConfig config = config("ablate { epochs = 3, variants = [both-mse, ann] }");

    assertThat(config).isEqualTo(new AblationConfig(3, List.of(Variant.BOTH_MSE, Variant.ANN)));
    assertThatThrownBy(() -> config("ablate { epochs = 0, variants = [sound] }"))
        .isInstanceOf(UserError.class)
        .hasMessage("ablate.variants takes text, image, both, both-mse, ann; not 'sound'");
    assertThatThrownBy(() -> config("ablate { epochs = 0, variants = [] }"))
        .hasMessageContaining("names no variant");
    assertThatThrownBy(() -> config("ablate { epochs = 0, variants = [ann, ann] }"))
        .hasMessageContaining("names one twice: ann, ann");
    assertThatThrownBy(() -> config("ablate { epochs = -1, variants = [ann] }"))
        .hasMessageContaining("not negative, but -1");
  }

  private static AblationConfig config(String text) {
    return AblationConfig.from(ConfigFactory.parseString(text));
  }

  private static AblationTable read(Variant... variants) {
    return AblationTable.read(List.of(variants), AblationTableTest::json);
  }

  private static JsonNode json(String name) {
    try {
      String text = FILES.get(name);
      return text == null ? MissingNode.getInstance() : new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
