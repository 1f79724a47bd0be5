package org.trispike.spiking;

/** In which order a spiking attention multiplies queries Q, keys K and values V. */
public enum Attention {
  /**
   * SN(Q(KᵀV) / (n √d)) as in SVL's paper, where n is the number of tokens and d the width of a
   * head: a neuron on the outside alone, so that (QKᵀ)V is the same. The paper names no factor;
   * this one makes the sum over tokens their mean, without which nearly every neuron would fire D
   * in each step, and learn nothing.
   */
  PAPER,
  /** SN(SN(QKᵀ)V / √d) as in SVL's published code: a neuron in between, and time in n². */
  PUBLISHED
}
