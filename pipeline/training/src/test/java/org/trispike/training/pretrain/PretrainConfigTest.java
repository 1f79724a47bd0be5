package org.trispike.training.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.UserError;
import org.trispike.kernels.Neuron;
import org.trispike.kernels.VoxelSpec;
import org.trispike.spiking.Activation;
import org.trispike.spiking.Attention;
import org.trispike.spiking.EncoderSpec;
import org.trispike.spiking.PointFormerSpec;
import org.trispike.training.align.AlignmentSpec;
import org.trispike.training.align.FalseNegatives;
import org.trispike.training.align.MseForm;
import org.trispike.training.align.SameCaption;
import org.trispike.training.averaging.AveragingSpec;
import org.trispike.training.averaging.Moments;
import org.trispike.training.averaging.Statistics;
import org.trispike.training.averaging.Through;
import org.trispike.training.device.ComputeConfig;
import org.trispike.training.device.Device;
import org.trispike.training.draw.Augmentation;
import org.trispike.training.draw.DrawConfig;
import org.trispike.training.graph.ProjectionStart;

final class PretrainConfigTest {
  private static PretrainConfig from(String... settings) {
    return PretrainConfig.from(
        ConfigFactory.parseString(String.join("\n", settings)).withFallback(ConfigFactory.load()));
  }

  @Test
  void theDefaultsAreThoseOfSvl() {
    PretrainConfig config = from("run.dir = r");
    assertThat(config.dataset()).isEqualTo("r/embedded");
    assertThat(config.output()).isEqualTo("r/checkpoints");
    assertThat(config.metrics()).isEqualTo("r/metrics.jsonl");
    assertThat(config.resume()).isTrue();
    assertThat(config.seed()).isEqualTo(1);
    assertThat(config.encoder()).isEqualTo(EncoderSpec.standard("e3dsnn-t", 0));
    assertThat(config.projectionStart()).isEqualTo(ProjectionStart.RANDOM);
    assertThat(config.loss())
        .isEqualTo(
            new AlignmentSpec(
                1, 1, 0, MseForm.MEAN, SameCaption.MASK, 0, 20, 14.28, 100, FalseNegatives.none()));
    assertThat(config.learning())
        .isEqualTo(new Learning(250, 5, 1e-6, 2e-3, 1e-5, 0.9, 0.98, 1e-8, 1e-4, 0.999));
    assertThat(config.replication()).isEqualTo(new Replication(2, 1, 32, 4));
    assertThat(config.averaging()).isEqualTo(AveragingSpec.plain());
    DrawConfig draw = config.draw();
    assertThat(draw.points()).isEqualTo(10_000);
    assertThat(draw.augmentation().dropout()).isEqualTo(0.875);
    assertThat(draw.augmentation().turn()).isEqualTo(Math.PI);
    assertThat(draw.augmentation().tilt()).isBetween(0.0600, 0.0601);
    assertThat(draw.augmentation().colourDrop()).isEqualTo(0.5);
    assertThat(config.batchSize()).isEqualTo(64);
    assertThat(config.bankRows()).isZero();
    assertThat(config.shuffleRows()).isEqualTo(4096);
    assertThat(config.cacheBytes()).isEqualTo(512L << 20);
    assertThat(config.upkeep()).isEqualTo(new Upkeep(10, 2, Selection.VALIDATION, 2000, 0, 3));
    assertThat(config.compute())
        .isEqualTo(new ComputeConfig(Device.Kind.CPU, ComputeConfig.Fallback.NONE));
  }

  @Test
  void everyKeyIsMapped() {
    PretrainConfig config =
        from(
            "run { dir = r, data = d, seed = 7, resume = never }",
            "encoder { name = e3dsnn-s, output-width = 12, steps = 3, levels = 2, decay = 0.5 }",
            "encoder { rounding = half-even, window = inclusive, voxel-size = 0.5 }",
            "encoder { origin = per-batch, duplicates = keep, groups = 21, neighbours = 22 }",
            "encoder { depth = 23, attention = published }",
            "pretrain { epochs = 3, batch-size = 5, replicas = 4, threads = 6, local-steps = 8 }",
            "pretrain { first-local-steps = 2, points = 99, start-learning-rate = 0.1 }",
            "pretrain { learning-rate = 0.4, end-learning-rate = 0.2, warmup-epochs = 1.5 }",
            "pretrain { beta1 = 0.5, beta2 = 0.6, epsilon = 0.7, weight-decay = 0.8 }",
            "pretrain { ema-decay = 0.25, projection-start = identity, shuffle-rows = 11 }",
            "pretrain { cache-bytes = 13, checkpoint-rounds = 14, keep-checkpoints = 15 }",
            "pretrain { select = last, validation-shapes = 16, patience = 18, max-round-restarts = 19 }",
            "pretrain.averaging { through = shuffle, driver-bytes = 17, moments = keep }",
            "pretrain.averaging { statistics = merge, outer-rate = 0.7, outer-momentum = 0.9 }",
            "pretrain.loss { text = 0.5, image = 0.25, mse = 0.125, mse-form = sum }",
            "pretrain.loss { same-caption = share, soft-weight = 0.75, soft-scale = 3 }",
            "pretrain.loss { initial-scale = 4, maximal-scale = 5 }",
            "pretrain.negatives { bank = 17, similar-above = 0.875, similar-in-batch = true }",
            "pretrain.captions { text = 2, category = 3 }",
            "pretrain.augment { dropout = 0.1, mirror = 0.2, scale-low = 0.3, scale-high = 0.4 }",
            "pretrain.augment { stretch = 0.5, shift = 0.6, tilt-degrees = 180 }",
            "pretrain.augment { turn-degrees = 90, jitter = 0.7, colour-drop = 0.8 }",
            "pretrain.augment.colour-jitter = 0.9",
            "compute { device = cuda, fallback = cpu }");
    assertThat(config)
        .isEqualTo(
            new PretrainConfig(
                "d/embedded",
                "r/checkpoints",
                "r/metrics.jsonl",
                false,
                7,
                new EncoderSpec(
                    "e3dsnn-s",
                    12,
                    Activation.SPIKING,
                    new Neuron(2, 0.5f, Neuron.Rounding.HALF_EVEN, Neuron.Window.INCLUSIVE, false),
                    3,
                    new VoxelSpec(0.5f, VoxelSpec.Origin.PER_BATCH, VoxelSpec.Duplicates.KEEP),
                    new PointFormerSpec(21, 22, 23, Attention.PUBLISHED)),
                ProjectionStart.IDENTITY,
                new AlignmentSpec(
                    0.5,
                    0.25,
                    0.125,
                    MseForm.SUM,
                    SameCaption.SHARE,
                    0.75,
                    3,
                    4,
                    5,
                    new FalseNegatives(0.875, true)),
                new Learning(3, 1.5, 0.1, 0.4, 0.2, 0.5, 0.6, 0.7, 0.8, 0.25),
                new Replication(4, 6, 8, 2),
                new AveragingSpec(Through.SHUFFLE, 17, Moments.KEEP, Statistics.MERGE, 0.7, 0.9),
                new DrawConfig(
                    7,
                    99,
                    2,
                    3,
                    new Augmentation(
                        0.1, 0.2, 0.3, 0.4, 0.5, 0.6, Math.PI, Math.PI / 2, 0.7, 0.8, 0.9)),
                5,
                17,
                11,
                13,
                new Upkeep(14, 15, Selection.LAST, 16, 18, 19),
                new ComputeConfig(Device.Kind.CUDA, ComputeConfig.Fallback.CPU)));
  }

  @Test
  void theTwinHasOneStepWhateverTheSetting() {
    assertThat(from("encoder.name = pointnet").encoder())
        .isEqualTo(EncoderSpec.standard("pointnet", 0));
    EncoderSpec twin = from("encoder { activation = relu, steps = 4 }").encoder();
    assertThat(twin.activation()).isEqualTo(Activation.RELU);
    assertThat(twin.steps()).isEqualTo(1);
  }

  @Test
  void theFingerprintKnowsWhatDecidesTheResultAndNothingElse() {
    String fingerprint = from().fingerprint("data");
    assertThat(from("run.dir = other", "pretrain.cache-bytes = 1").fingerprint("data"))
        .isEqualTo(fingerprint);
    assertThat(from("pretrain.threads = 8").fingerprint("data")).isEqualTo(fingerprint);
    assertThat(from("pretrain.averaging.through = shuffle").fingerprint("data"))
        .isEqualTo(fingerprint);
    assertThat(from("compute.device = cuda").fingerprint("data")).isEqualTo(fingerprint);
    assertThat(from().fingerprint("other")).isNotEqualTo(fingerprint);
    for (String setting :
        new String[] {
          "run.seed = 2",
          "encoder.voxel-size = 0.03",
          "pretrain.batch-size = 65",
          "pretrain.replicas = 3",
          "pretrain.loss.image = 0.5",
          "pretrain.negatives.bank = 1",
          "pretrain.negatives.similar-above = 0.9",
          "pretrain.augment.mirror = 0.5",
          "pretrain.select = last",
          "pretrain.averaging.moments = reset",
          "pretrain.averaging.statistics = merge",
          "pretrain.averaging.outer-rate = 0.7",
          "pretrain.averaging.outer-momentum = 0.9",
          "pretrain.patience = 3"
        }) {
      assertThat(from(setting).fingerprint("data")).as(setting).isNotEqualTo(fingerprint);
    }
  }

  @Test
  void whereATrainingMayEndEarlyItCountsHowOftenItIsMeasured() {
    assertThat(from("pretrain.checkpoint-rounds = 5").fingerprint("data"))
        .isEqualTo(from().fingerprint("data"));
    assertThat(from("pretrain { patience = 3, checkpoint-rounds = 5 }").fingerprint("data"))
        .isNotEqualTo(from("pretrain.patience = 3").fingerprint("data"));
  }

  @Test
  void impossibleValuesAreNamed() {
    assertThatThrownBy(() -> from("pretrain.batch-size = 1"))
        .isInstanceOf(UserError.class)
        .hasMessage("pretrain: pretrain.batch-size is at least 2, not 1");
    assertThatThrownBy(() -> from("encoder.name = resnet"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("encoder.name is one of e3dsnn-");
    assertThatThrownBy(() -> from("encoder.levels = 0"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("encoder: ");
    assertThatThrownBy(() -> from("encoder.groups = 5000"))
        .isInstanceOf(UserError.class)
        .hasMessage("encoder: Groups 5000 is outside 1..4096");
    assertThatThrownBy(() -> from("pretrain.loss.mse-form = max"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("pretrain.loss.mse-form is one of mean, sum");
    assertThatThrownBy(() -> from("pretrain.averaging.moments = forget"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("pretrain.averaging.moments is one of average, keep, reset");
    assertThatThrownBy(() -> from("pretrain.averaging.outer-momentum = 1"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("pretrain.averaging.outer-momentum is in 0..1, without 1, not 1.0");
    assertThatThrownBy(() -> from("compute.device = gpu"))
        .isInstanceOf(UserError.class)
        .hasMessage("compute.device is one of cpu, cuda; not 'gpu'");
  }
}
