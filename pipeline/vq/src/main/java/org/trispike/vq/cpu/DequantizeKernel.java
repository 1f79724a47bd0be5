package org.trispike.vq.cpu;

/** Sums of looked-up entries times x for the rows of a band; stateless. */
interface DequantizeKernel {

  /**
   * Adds to y[first] to y[last − 1].
   *
   * @param codes [rows, vectors, rounds]
   * @param books as {@link Books} has them
   * @param x with zeros for what a row's last vector has too many
   * @param buffer for a dequantized row
   * @param band of rows that share codebooks
   */
  void add(
      byte[] codes,
      float[] books,
      float[] x,
      float[] buffer,
      Lanes lanes,
      float[] y,
      int band,
      int first,
      int last);
}
