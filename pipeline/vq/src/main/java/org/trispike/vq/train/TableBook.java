package org.trispike.vq.train;

/**
 * A trained codebook.
 *
 * @param entries [k, length]
 */
record TableBook(Nearest search, int length, float[] entries) implements Book {

  @Override
  public int[] nearest(Points points) {
    int[] codes = new int[points.count()];
    search.find(points, entries, codes, new double[codes.length]);
    return codes;
  }

  @Override
  public void add(int code, float sign, float[] target, int at) {
    for (int d = 0; d < length; d++) {
      target[at + d] += sign * entries[code * length + d];
    }
  }
}
