package org.trispike.spiking;

/**
 * How a layer that sees spikes is computed. The three give the same membranes bit for bit, since
 * weights lie on a {@link WeightGrid}.
 */
public enum SpikePath {
  /** Integer spikes 0..D through the dense kernels. */
  INTEGER,
  /** D binary slots for each of the T steps, each through the dense kernels: what hardware does. */
  BINARY,
  /** A row of weights is added for each spike that occurs. */
  EVENT
}
