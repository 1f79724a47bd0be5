package org.trispike.vq.train;

/** The entries of one round while they are fitted. */
interface Book {

  /** The nearest entry of each point. */
  int[] nearest(Points points);

  /** Adds {@code sign} · entry to the x numbers at {@code target[at]}. */
  void add(int code, float sign, float[] target, int at);
}
