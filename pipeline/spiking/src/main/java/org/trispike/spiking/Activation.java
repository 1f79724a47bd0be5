package org.trispike.spiking;

/** What stands between two linear maps of an encoder. */
public enum Activation {
  /** The spiking neuron of the specification. */
  SPIKING,
  /** max(x, 0): the non-spiking twin of the same encoder. */
  RELU
}
