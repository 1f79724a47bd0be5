package org.trispike.vq.lm;

/** Keys and values of the tokens of one layer. */
interface KeyValueCache {

  /** Adds a token: keys, already rotated, and values of all key heads. */
  void append(float[] keys, float[] values);

  /** mixed[heads · channels] = softmax(queries · keysᵀ / √channels) · values, head by head. */
  void attend(float[] queries, float[] mixed);

  /** Bytes that the tokens take; codebooks do not count. */
  long bytes();
}
