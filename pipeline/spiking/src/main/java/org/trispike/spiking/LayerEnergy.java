package org.trispike.spiking;

import java.io.Serializable;

/**
 * What one layer did over some samples.
 *
 * @param name of the layer
 * @param macs multiply-accumulates of real-valued inputs
 * @param accumulates synaptic operations of spiking inputs
 * @param denseMacs multiply-accumulates of one step, whatever the input: the non-spiking twin's
 * @param spikes sum of integer inputs
 * @param inputs elements of the spiking inputs
 */
public record LayerEnergy(
    String name, double macs, double accumulates, double denseMacs, double spikes, double inputs)
    implements Serializable {

  static LayerEnergy of(LayerActivity activity) {
    double operations = activity.synapticOperations();
    boolean real = activity.realValuedInput();
    return new LayerEnergy(
        activity.name(),
        real ? operations : 0,
        real ? 0 : operations,
        activity.macs(),
        activity.spikes(),
        real ? 0 : activity.inputs());
  }

  LayerEnergy plus(LayerEnergy other) {
    return new LayerEnergy(
        name,
        macs + other.macs,
        accumulates + other.accumulates,
        denseMacs + other.denseMacs,
        spikes + other.spikes,
        inputs + other.inputs);
  }

  /** Mean integer spike, 0..D, of the layer's input; 0 where the input is real-valued. */
  public double rate() {
    return inputs == 0 ? 0 : spikes / inputs;
  }

  /** Synaptic operations of either kind. */
  public double operations() {
    return macs + accumulates;
  }

  /** Energy in millijoules. */
  public double millijoules() {
    return EnergyMeter.millijoules(macs, accumulates);
  }
}
