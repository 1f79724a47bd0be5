package org.trispike.spiking;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Energy of an encoder by the field's model of 45 nm hardware, over all layers: a mergeable sum.
 *
 * <p>E = 4.6 pJ · MAC + 0.9 pJ · AC. A layer with a real-valued input (the first convolution; the
 * last map, on membranes; all layers of a non-spiking twin) multiplies: pairs · C_in · C_out. A
 * layer that sees spikes accumulates: T · mean integer spike · pairs · C_in · C_out. So does the
 * product of two tensors of spikes, by those of its left side. Norms are taken as folded into the
 * maps before them; biases, shortcuts, neurons and pooling are not counted, as is the custom. A
 * last map runs once a sample, behind the pooling. Source: SVL §4 and its family's formula (45 nm,
 * 32 bits: 3.7 pJ to multiply, 0.9 pJ to add).
 */
public final class EnergyMeter implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Picojoules of a multiply-accumulate. */
  public static final double MAC_PICOJOULES = 4.6;

  /** Picojoules of an accumulate. */
  public static final double AC_PICOJOULES = 0.9;

  private final LinkedHashMap<String, LayerEnergy> layers = new LinkedHashMap<>();
  private long samples;

  /** Adds one forward pass: {@link EncoderTrace#activities} or {@link Inference#activities}. */
  public void add(List<LayerActivity> activities) {
    if (activities.isEmpty()) {
      return;
    }
    samples += activities.get(0).samples();
    for (LayerActivity activity : activities) {
      layers.merge(activity.name(), LayerEnergy.of(activity), LayerEnergy::plus);
    }
  }

  /** Adds what another meter has. */
  public void merge(EnergyMeter other) {
    samples += other.samples;
    for (Map.Entry<String, LayerEnergy> layer : other.layers.entrySet()) {
      layers.merge(layer.getKey(), layer.getValue(), LayerEnergy::plus);
    }
  }

  public long samples() {
    return samples;
  }

  /** Sums over all samples, in the order of the network. */
  public List<LayerEnergy> layers() {
    return List.copyOf(layers.values());
  }

  /** The sum of all layers. */
  public LayerEnergy total() {
    LayerEnergy total = new LayerEnergy("total", 0, 0, 0, 0, 0);
    for (LayerEnergy layer : layers.values()) {
      total = total.plus(layer);
    }
    return total;
  }

  /** Mean energy of one sample in millijoules; 0 without samples. */
  public double millijoulesPerSample() {
    return samples == 0 ? 0 : total().millijoules() / samples;
  }

  /** Mean energy of one sample, in millijoules, if every layer multiplied: a twin with ReLU. */
  public double twinMillijoulesPerSample() {
    return samples == 0 ? 0 : millijoules(total().denseMacs(), 0) / samples;
  }

  static double millijoules(double macs, double accumulates) {
    return (MAC_PICOJOULES * macs + AC_PICOJOULES * accumulates) * 1e-9;
  }
}
