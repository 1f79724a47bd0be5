package org.trispike.spiking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trispike.kernels.Neuron;
import org.trispike.kernels.PointBatch;
import org.trispike.kernels.ReferenceCompute;
import org.trispike.kernels.Scope;
import org.trispike.kernels.Tensor;
import org.trispike.kernels.VoxelPyramid;

class EnergyMeterTest {

  @Test
  void energyIsTheFormulaWrittenOut() {
    EnergyMeter meter = new EnergyMeter();
    // First layer: real-valued, 1000 MAC. Second: T = 2, mean spike 30/120, 5000 pairs·C·C.
    LayerActivity first = new LayerActivity("first", 2, 1, 1000, 0, 600, true);
    LayerActivity second = new LayerActivity("second", 2, 2, 5000, 30, 120, false);
    meter.add(List.of(first, second));
    assertThat(second.rate()).isEqualTo(0.25);
    assertThat(second.synapticOperations()).isEqualTo(2 * 0.25 * 5000);
    double expected = (4.6 * 1000 + 0.9 * 2500) * 1e-9;
    assertThat(meter.total().millijoules()).isCloseTo(expected, within(1e-15));
    assertThat(meter.millijoulesPerSample()).isCloseTo(expected / 2, within(1e-15));
    assertThat(meter.twinMillijoulesPerSample()).isCloseTo(4.6 * 6000e-9 / 2, within(1e-15));

    EnergyMeter other = new EnergyMeter();
    other.add(List.of(first, new LayerActivity("second", 2, 2, 3000, 90, 60, false)));
    other.merge(meter);
    assertThat(other.samples()).isEqualTo(4);
    assertThat(other.layers()).extracting(LayerEnergy::name).containsExactly("first", "second");
    assertThat(other.layers().get(1).accumulates()).isEqualTo(2500 + 2 * 1.5 * 3000);
    assertThat(other.layers().get(1).rate()).isEqualTo(120.0 / 180);
  }

  /** One voxel in one sample: every rulebook has one pair, so that all counts are products. */
  @Test
  void countsOfOneVoxelAreProductsOfWidths() {
    PointBatch point = new PointBatch(new int[] {0, 1}, new float[3], new float[3]);
    EncoderSpec spec = Fixtures.spec("nano", 5, Activation.SPIKING, Neuron.svl(4), 3);
    List<LayerActivity> activities = activities(spec, point, false);
    // NANO: stem 3; stage 1 of width 2 with one block; stage 2 of width 3 with two.
    assertThat(activities)
        .extracting(LayerActivity::macs)
        .containsExactly(18L, 9L, 9L, 6L, 4L, 4L, 4L, 6L, 9L, 9L, 9L, 9L, 9L, 9L, 15L);
    assertThat(activities)
        .extracting(LayerActivity::inputs)
        .containsExactly(6L, 9L, 9L, 9L, 6L, 6L, 6L, 6L, 9L, 9L, 9L, 9L, 9L, 9L, 3L);
    for (int i = 0; i < activities.size(); i++) {
      LayerActivity activity = activities.get(i);
      boolean ends = i == 0 || i == activities.size() - 1;
      assertThat(activity.realValuedInput()).isEqualTo(ends);
      assertThat(activity.steps()).isEqualTo(ends ? 1 : 3);
      assertThat(activity.rate()).isBetween(0.0, 4.0);
    }
  }

  /** Two points of one sample: layers before the maximum see two rows, those behind it one. */
  @Test
  void countsOfPointNetAreProductsOfWidthsAndRows() {
    PointBatch points = Fixtures.batch(5, 1, 2);
    EncoderSpec spec = Fixtures.spec("nano", 5, Activation.SPIKING, Neuron.svl(4), 3);
    List<LayerActivity> activities = activities(Fixtures.nano("pointnet", spec), points, false);
    // Widths 3, 4, 5 and 4, 3; each T-Net: its maps, its last map, then the product.
    assertThat(activities)
        .extracting(LayerActivity::name)
        .startsWith("turn.shared0", "turn.shared1", "turn.shared2", "turn.dense0", "turn.dense1")
        .contains("turn.transform", "turn.product", "local", "mix.product")
        .endsWith("global.shared0", "global.shared1", "global.dense0", "global.dense1", "final");
    assertThat(activities)
        .extracting(LayerActivity::macs)
        .containsExactly(
            18L, 24L, 40L, 20L, 12L, 27L, 18L, 36L, 18L, 24L, 40L, 20L, 12L, 27L, 18L, 24L, 40L,
            20L, 12L, 15L);
    assertThat(activities)
        .filteredOn(LayerActivity::realValuedInput)
        .extracting(LayerActivity::name)
        .containsExactly("turn.shared0", "turn.product", "local");
    assertThat(activities)
        .filteredOn(activity -> !activity.realValuedInput())
        .allMatch(activity -> activity.steps() == 3 && activity.rate() >= 0)
        .allMatch(activity -> activity.rate() <= 4);
    // Mean spikes of three steps, one row of 3 columns each.
    assertThat(activities.get(activities.size() - 1).inputs()).isEqualTo(9);
  }

  /** One sample: 5 patches of 3 points, 6 tokens of 4 columns in 2 heads, 2 blocks, 3 steps. */
  @Test
  void countsOfPointFormerAreProductsOfWidthsAndRows() {
    PointBatch points = Fixtures.batch(5, 1, 40);
    EncoderSpec spec = Fixtures.spec("nano", 5, Activation.SPIKING, Neuron.svl(4), 3);
    List<LayerActivity> linear = activities(Fixtures.nano("pointformer", spec), points, false);
    assertThat(linear)
        .extracting(LayerActivity::macs)
        .containsExactly(
            270L, 180L, 400L, 300L, 80L, 45L, 60L, // the third map sees 15 points and 5 patches
            288L, 48L, 48L, 96L, 144L, 144L, 288L, 48L, 48L, 96L, 144L, 144L, 40L);
    assertThat(linear)
        .filteredOn(LayerActivity::realValuedInput)
        .extracting(LayerActivity::name, LayerActivity::steps)
        .containsExactly(
            tuple("patch.0", 1),
            tuple("patch.2", 3),
            tuple("reduce", 3),
            tuple("position.0", 1),
            tuple("final", 1));
    List<LayerActivity> quadratic =
        activities(Fixtures.nano("pointformer-published", spec), points, false);
    assertThat(quadratic)
        .filteredOn(activity -> activity.name().startsWith("block1.attention."))
        .extracting(LayerActivity::name, LayerActivity::macs, LayerActivity::inputs)
        .containsExactly(
            tuple("block1.attention.qkv", 288L, 72L),
            tuple("block1.attention.qk", 144L, 72L),
            tuple("block1.attention.av", 144L, 216L),
            tuple("block1.attention.projection", 96L, 72L));
    // What training puts off is counted all the same.
    assertThat(activities(Fixtures.nano("pointformer-published", spec), points, true))
        .extracting(LayerActivity::macs)
        .isEqualTo(quadratic.stream().map(LayerActivity::macs).toList());
  }

  /** Products of spikes are charged by queries and keys, or by queries and scores. */
  @Test
  void spikesOfAttentionProductsAreThoseOfTheirLeftSides() {
    PointBatch points = Fixtures.batch(5, 1, 40);
    EncoderSpec spec = Fixtures.spec("nano", 5, Activation.SPIKING, Neuron.svl(4), 1);
    for (String name : new String[] {"pointformer", "pointformer-published"}) {
      List<double[]> spikes = new ArrayList<>();
      ReferenceCompute reference = new ReferenceCompute();
      Encoder encoder = Fixtures.nano(name, spec);
      try (Scope scope =
          new Scope(
              Interceptor.watching(reference, s -> spikes.add(Fixtures.doubles(reference, s))))) {
        Tensor flat = Fixtures.vector(scope, Fixtures.lively(encoder.layout(), 1));
        List<LayerActivity> layers = encoder.forward(scope, flat, points, false).activities();
        // Neurons: two of patches, one of positions, then x, and queries, keys and values.
        double queries = columns(spikes.get(4), 0);
        double keys = columns(spikes.get(4), 4);
        boolean linear = name.equals("pointformer");
        double scores = Arrays.stream(spikes.get(5)).sum();
        assertThat(layers.get(8).spikes()).isEqualTo(linear ? keys : queries);
        assertThat(layers.get(9).spikes()).isEqualTo(linear ? queries : scores);
      }
    }
  }

  /** Sum of four of the twelve columns from {@code first} on. */
  private static double columns(double[] values, int first) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += i % 12 / 4 == first / 4 ? values[i] : 0;
    }
    return sum;
  }

  @Test
  void spikesAreCountedFromTheMembranesByHand() {
    PointBatch batch = Fixtures.batch(5, 2, 40);
    EncoderSpec spec = Fixtures.spec("nano", 5, Activation.SPIKING, Neuron.svl(4), 1);
    Encoder encoder = new E3dsnn(spec, Fixtures.NANO, Form.TRAINABLE);
    ReferenceCompute compute = new ReferenceCompute();
    VoxelPyramid pyramid = VoxelPyramid.build(batch, spec.voxels(), 1);
    int n = pyramid.level(0).sites();
    double spikes = 0;
    try (Scope scope = new Scope(compute)) {
      Tensor flat = Fixtures.vector(scope, Fixtures.lively(encoder.layout(), 1));
      Tensor membranes = scope.tensor(n, 3);
      Tensor features = scope.of(pyramid.features(), n, 6);
      ParameterLayout layout = encoder.layout();
      Tensor weight = layout.get("stem.0.conv.weight").of(flat);
      compute.sparseConv(features, weight, pyramid.level(0).submanifold(), membranes);
      for (int i = 0; i < 3 * n; i++) {
        double mean = at(compute, layout, flat, "mean", i % 3);
        double deviation = Math.sqrt(at(compute, layout, flat, "variance", i % 3) + 1e-3);
        double u =
            (compute.get(membranes, i) - mean)
                    / deviation
                    * at(compute, layout, flat, "weight", i % 3)
                + at(compute, layout, flat, "bias", i % 3);
        spikes += Math.floor(Math.max(0, Math.min(4, u)) + 0.5);
      }
    }
    LayerActivity second = activities(spec, batch, false).get(1);
    assertThat(second.spikes()).isEqualTo(spikes);
    assertThat(second.inputs()).isEqualTo(3L * n);
    assertThat(second.macs()).isEqualTo(9L * pyramid.level(0).submanifold().pairs());
    assertThat(second.samples()).isEqualTo(2);
    // What training puts off gives what inference counts at once, given the same statistics.
    assertThat(activities(spec, batch, true)).hasSameSizeAs(activities(spec, batch, false));
  }

  /**
   * A folded network whose weights are 0 and whose biases set every membrane: its energy on paper.
   *
   * <p>NANO on two voxels side by side, which have one parent: 4 pairs of a submanifold kernel
   * (each itself and the other) below, 2 pairs to the parent, 1 pair on each later level. Biases
   * are 1.2 (spike 1) and add up along shortcuts: stage 1 holds 1.2, then 2.4, then 3.6; the blocks
   * of stage 2 see 1.2, 2.4 and 1.2, 3.6, then 4.8 and 1.2.
   */
  @Test
  void smallNetworkCostsWhatItCostsOnPaper() {
    PointBatch points =
        new PointBatch(new int[] {0, 2}, new float[] {0, 0, 0, 0, 0, 0.5f}, new float[6]);
    EncoderSpec spec = Fixtures.spec("nano", 5, Activation.SPIKING, Neuron.svl(4), 1);
    Encoder encoder = new E3dsnn(spec, Fixtures.NANO, Form.FOLDED);
    float[] flat = new float[encoder.layout().size()];
    for (ParameterSpec parameter : encoder.layout().parameters()) {
      if (parameter.name().endsWith(".conv.bias")) {
        java.util.Arrays.fill(
            flat, parameter.offset(), parameter.offset() + parameter.size(), 1.2f);
      }
    }
    EnergyMeter meter = new EnergyMeter();
    try (Scope scope = new Scope(new ReferenceCompute())) {
      meter.add(encoder.forward(scope, Fixtures.vector(scope, flat), points, false).activities());
    }
    // Pairs · C_in · C_out of the layers that see spikes, times the spike that each neuron emits.
    double accumulates =
        4 * 3 * 3 * 1 // stem.1, membranes 1.2
            + 4 * 3 * 3 * 1 // stem.2
            + 2 * 3 * 2 * 1 // stage1.down
            + 2 * 2 * (1 + 2 + 1) // stage1.block0: 1.2, 2.4, 1.2
            + 2 * 3 * 4 // stage2.down: 3.6 rounds to 4
            + 3 * 3 * (1 + 2 + 1) // stage2.block0: 1.2, 2.4, 1.2
            + 3 * 3 * (4 + 4 + 1); // stage2.block1: 3.6, 4.8 clipped, 1.2
    double macs = 4 * 6 * 3 + 3 * 5; // stem.0 on features, the head on one pooled row
    assertThat(meter.total().macs()).isEqualTo(macs);
    assertThat(meter.total().accumulates()).isEqualTo(accumulates);
    assertThat(meter.millijoulesPerSample())
        .isCloseTo((4.6 * macs + 0.9 * accumulates) * 1e-9, within(1e-15));
    // As an ANN each of the same layers multiplies once.
    double dense = macs + 36 + 36 + 12 + 3 * 4 + 6 + 6 * 9;
    assertThat(meter.twinMillijoulesPerSample()).isCloseTo(4.6e-9 * dense, within(1e-15));
  }

  @Test
  void twinMultipliesEverywhere() {
    PointBatch batch = Fixtures.batch(5, 2, 40);
    EncoderSpec spec = Fixtures.spec("nano", 5, Activation.SPIKING, Neuron.svl(4), 1);
    EnergyMeter spiking = new EnergyMeter();
    spiking.add(activities(spec, batch, false));
    EnergyMeter twin = new EnergyMeter();
    twin.add(activities(spec.twin(), batch, false));
    assertThat(twin.total().accumulates()).isZero();
    assertThat(twin.millijoulesPerSample())
        .isCloseTo(spiking.twinMillijoulesPerSample(), within(1e-12));
  }

  private static List<LayerActivity> activities(
      EncoderSpec spec, PointBatch batch, boolean training) {
    return activities(Fixtures.nano("e3dsnn", spec), batch, training);
  }

  private static List<LayerActivity> activities(
      Encoder encoder, PointBatch batch, boolean training) {
    try (Scope scope = new Scope(new ReferenceCompute())) {
      Tensor flat = Fixtures.vector(scope, Fixtures.lively(encoder.layout(), 1));
      return encoder.forward(scope, flat, batch, training).activities();
    }
  }

  private static double at(
      ReferenceCompute compute, ParameterLayout layout, Tensor flat, String part, int channel) {
    return compute.get(layout.get("stem.0.norm." + part).of(flat), channel);
  }
}
