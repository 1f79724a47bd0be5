package org.trispike.spiking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncodersTest {

  @ParameterizedTest
  @CsvSource({
    "e3dsnn-t, 40, 1874216", "e3dsnn-s, 40, 3271144", "e3dsnn-l, 40, 17330600",
    "e3dsnn-h, 40, 46574248", "e3dsnn-t, 1280, 2034176", "e3dsnn-s, 1280, 3470784",
    "e3dsnn-l, 1280, 17649280", "e3dsnn-h, 1280, 47051648"
  })
  void parameterCountsArePublishedOnes(String name, int width, int count) {
    ParameterLayout layout = Encoders.create(EncoderSpec.standard(name, width)).layout();
    assertThat(layout.trainable()).isEqualTo(count);
  }

  /**
   * PointNet with two T-Nets has 3,471,473 parameters for 40 classes, 3,592,777 for 512 columns. Of
   * these 5,952 are biases before norms, which do nothing; colours add 3 · 64 weights.
   */
  @ParameterizedTest
  @CsvSource({"40, 3471473", "512, 3592777"})
  void pointNetHasThePublishedParametersWithoutBiasesBeforeNorms(int width, int published) {
    ParameterLayout layout = Encoders.create(EncoderSpec.standard("pointnet", width)).layout();
    assertThat(layout.trainable()).isEqualTo(published - 5952 + 3 * 64);
  }

  /** Without T-Nets, whose published sizes are 803,081 and 1,857,344, biases included. */
  @Test
  void plainPointNetLacksTheParametersOfTheTNets() {
    int all = Encoders.create(EncoderSpec.standard("pointnet", 40)).layout().trainable();
    int plain = Encoders.create(EncoderSpec.standard("pointnet-plain", 40)).layout().trainable();
    assertThat(all - plain).isEqualTo(803081 + 1857344 - 2 * 1984);
  }

  /**
   * As published: 21,915,520 without the last map. By parts: the small PointNet, 896 + 256 + 33,024
   * + 262,656 + 1,024 + 131,328; 98,688 to tokens; 768 of the class token; 51,072 of positions; 12
   * blocks of 442,368 + 2,304 (queries, keys, values), 147,840 (projection), 591,360 + 3,072 and
   * 590,208 + 768 (maps behind); the last norm, 768; 768 · 1,024 + 1,024.
   */
  @Test
  void pointFormerHasThePublishedParameters() {
    ParameterLayout layout = Encoders.create(EncoderSpec.standard("pointformer", 1024)).layout();
    assertThat(trained(layout, "patch.")).isEqualTo(429_184);
    assertThat(trained(layout, "reduce.")).isEqualTo(98_688);
    assertThat(trained(layout, "class.")).isEqualTo(768);
    assertThat(trained(layout, "position.")).isEqualTo(51_072);
    assertThat(trained(layout, "block7.attention.qkv.")).isEqualTo(442_368 + 2_304);
    assertThat(trained(layout, "block7.attention.projection.")).isEqualTo(147_840);
    assertThat(trained(layout, "block7.mlp.")).isEqualTo(591_360 + 3_072 + 590_208 + 768);
    assertThat(trained(layout, "block")).isEqualTo(12 * 1_777_920);
    assertThat(trained(layout, "tokens.norm.")).isEqualTo(768);
    assertThat(trained(layout, "final.")).isEqualTo(787_456);
    assertThat(layout.trainable()).isEqualTo(22_702_976);
    assertThat(layout.trainable() - trained(layout, "final.")).isEqualTo(21_915_520);
  }

  private static int trained(ParameterLayout layout, String prefix) {
    return layout.parameters().stream()
        .filter(spec -> spec.role() != Role.STATISTIC && spec.name().startsWith(prefix))
        .mapToInt(ParameterSpec::size)
        .sum();
  }

  @Test
  void pointFormerBeginsAsPublished() {
    PointFormerSpec shallow = new PointFormerSpec(512, 32, 1, Attention.PAPER);
    Encoder encoder =
        Encoders.create(EncoderSpec.standard("pointformer", 8).withPointFormer(shallow));
    float[] flat = new float[encoder.layout().size()];
    encoder.initialize(flat, 11);
    ParameterLayout layout = encoder.layout();
    assertThat(layout.get("class.token").of(flat)).containsOnly(0f);
    assertThat(deviation(layout.get("class.position").of(flat))).isBetween(0.9, 1.1);
    assertThat(deviation(layout.get("block0.mlp.0.conv.weight").of(flat)))
        .isBetween(0.0199, 0.0201);
    assertThat(deviation(layout.get("reduce.conv.weight").of(flat))).isBetween(0.0199, 0.0201);
    // Uniform in ±1/√512: the fan-in is that of both halves.
    assertThat(deviation(layout.get("patch.2.conv.weight").of(flat)) * Math.sqrt(3 * 512))
        .isBetween(0.99, 1.01);
    assertThat(layout.get("tokens.norm.weight").of(flat)).containsOnly(1f);
  }

  @Test
  void tNetsBeginAsTheIdentity() {
    Encoder encoder = Encoders.create(EncoderSpec.standard("pointnet", 8));
    float[] flat = new float[encoder.layout().size()];
    encoder.initialize(flat, 11);
    assertThat(encoder.layout().get("turn.transform.weight").of(flat)).containsOnly(0f);
    assertThat(encoder.layout().get("mix.transform.weight").of(flat)).containsOnly(0f);
    assertThat(deviation(encoder.layout().get("mix.shared2.conv.weight").of(flat)))
        .isBetween(0.0199, 0.0201);
  }

  @Test
  void layoutIsOrderedByRoleWithoutGaps() {
    ParameterLayout layout = Encoders.create(EncoderSpec.standard("e3dsnn-t", 40)).layout();
    int offset = 0;
    Role role = Role.WEIGHT;
    for (ParameterSpec spec : layout.parameters()) {
      assertThat(spec.offset()).isEqualTo(offset);
      assertThat(spec.role()).isGreaterThanOrEqualTo(role);
      role = spec.role();
      offset += spec.size();
    }
    assertThat(offset).isEqualTo(layout.size());
    assertThat(layout.start(Role.STATISTIC)).isEqualTo(layout.trainable());
    assertThat(layout.get("final.bias").role()).isEqualTo(Role.BIAS);
    assertThat(layout.get("stage1.down.conv.weight").shape()).containsExactly(8, 16, 16);
  }

  @ParameterizedTest
  @ValueSource(strings = {"e3dsnn-t", "pointnet", "pointnet-plain"})
  void runningStatisticsAreThoseOfTheNorms(String name) {
    ParameterLayout layout = Encoders.create(EncoderSpec.standard(name, 40)).layout();
    int size = 0;
    for (NormSpec norm : layout.norms()) {
      assertThat(norm.mean().name()).endsWith(".mean");
      assertThat(norm.variance().name())
          .isEqualTo(norm.mean().name().replaceAll("mean$", "variance"));
      assertThat(norm.mean().shape()).isEqualTo(norm.variance().shape());
      size += norm.mean().size() + norm.variance().size();
    }
    assertThat(size).isEqualTo(layout.size(Role.STATISTIC));
  }

  @Test
  void namedParametersRoundTrip() {
    ParameterLayout layout = Encoders.create(EncoderSpec.standard("e3dsnn-t", 8)).layout();
    float[] flat = Fixtures.lively(layout, 3);
    assertThat(layout.flat(layout.named(flat))).isEqualTo(flat);
    var named = layout.named(flat);
    named.remove("stem.1.conv.weight");
    assertThatThrownBy(() -> layout.flat(named))
        .hasMessage("Parameter stem.1.conv.weight is missing");
  }

  @Test
  void initialValuesHaveThePublishedSpread() {
    Encoder encoder = Encoders.create(EncoderSpec.standard("e3dsnn-t", 40));
    float[] flat = new float[encoder.layout().size()];
    encoder.initialize(flat, 11);
    float[] again = new float[flat.length];
    encoder.initialize(again, 11);
    assertThat(again).isEqualTo(flat);
    encoder.initialize(again, 12);
    assertThat(again).isNotEqualTo(flat);

    float[] conv = encoder.layout().get("stage4.block0.third.conv.weight").of(flat);
    assertThat(deviation(conv)).isBetween(0.0199, 0.0201);
    float[] down = encoder.layout().get("stage4.down.conv.weight").of(flat);
    double bound = 1 / Math.sqrt(8 * 64);
    assertThat(deviation(down)).isBetween(0.98 * bound / Math.sqrt(3), 1.02 * bound / Math.sqrt(3));
    for (float value : down) {
      assertThat((double) Math.abs(value)).isLessThanOrEqualTo(bound);
    }
    assertThat(encoder.layout().get("stem.0.norm.weight").of(flat)).containsOnly(1f);
    assertThat(encoder.layout().get("stem.0.norm.bias").of(flat)).containsOnly(0f);
    assertThat(encoder.layout().get("stem.0.norm.mean").of(flat)).containsOnly(0f);
    assertThat(encoder.layout().get("stem.0.norm.variance").of(flat)).containsOnly(1f);
  }

  @Test
  void unknownNameIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> Encoders.create(EncoderSpec.standard("resnet", 8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Unknown encoder resnet; known are e3dsnn-t, e3dsnn-s, e3dsnn-l, e3dsnn-h, pointnet,"
                + " pointnet-plain, pointformer");
  }

  private static double deviation(float[] values) {
    double square = 0;
    for (float value : values) {
      square += (double) value * value;
    }
    return Math.sqrt(square / values.length);
  }
}
