package org.trispike.vq;

/** The entries that codes stand for: for each codebook and round, 2^y vectors of x numbers. */
public sealed interface Codebooks permits TrainedCodebooks, E8pCodebooks {

  /** Codebooks; each has entries for every round. */
  int count();

  int rounds();

  /** Writes the x numbers of one entry to {@code target[at]} on. */
  void entry(int codebook, int round, int code, float[] target, int at);
}
