package org.trispike.vq.lm;

/** Keys, or values, of some tokens: what attention does with them, head by head. */
interface Tokens {

  int count();

  /** Sets {@code scores[at + t]} to query · key of each token t. */
  void scores(int head, float[] query, int queryAt, float[] scores, int at);

  /** y[channels] += Σ over tokens of share · value. */
  void mix(int head, float[] shares, int sharesAt, float[] y, int yAt);

  /** Bytes that they take. */
  long bytes();
}
