package org.trispike.spiking;

/** How the weights of layers that see spikes are held in inference. */
public enum Weights {
  /** Single precision, on a {@link WeightGrid}. */
  FLOAT32,
  /** 8 bits and a scale for each output channel: less to fetch, and not quite the same function. */
  INT8
}
