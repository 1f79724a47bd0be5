package org.trispike.spiking;

/**
 * What one linear layer received and did in one forward pass of a batch.
 *
 * @param name of the layer
 * @param samples of the batch
 * @param steps T, how often the layer ran; 1 for a real-valued input, which is the same each step
 * @param macs multiply-accumulates of one step if computed densely: pairs · C_in · C_out
 * @param spikes sum of the integer inputs over all steps, rows and channels; 0 if real-valued
 * @param inputs elements of the input over all steps: T · rows · C_in
 * @param realValuedInput whether the input is not integers, so that the layer multiplies
 */
public record LayerActivity(
    String name,
    int samples,
    int steps,
    long macs,
    double spikes,
    long inputs,
    boolean realValuedInput) {

  /** Mean integer input, 0..D; 0 where the input is real-valued. */
  public double rate() {
    return inputs == 0 ? 0 : spikes / inputs;
  }

  /**
   * Synaptic operations, T · mean integer input · macs: the accumulates of a spiking layer. For a
   * real-valued input all its multiply-accumulates.
   */
  public double synapticOperations() {
    return realValuedInput ? (double) steps * macs : steps * rate() * macs;
  }
}
