package org.trispike.kernels.cpu;

import org.trispike.kernels.Neuron;

/**
 * Inner loops on float arrays: what differs between vector and scalar. Arrays come with the offset
 * of their first element; ranges are [from, to).
 */
interface Lanes {
  /** Vectors of sums that one call of {@link #taps} makes. */
  int RUN = 8;

  /** Floats in one vector; 1 for scalar. */
  int width();

  String description();

  /** Whether packing W of n columns for {@link #rows} pays when so many rows meet it. */
  boolean packs(int n, int rows);

  /**
   * Rearranges W [k, n], or its transpose given as [n, k], with rows {@code stride} apart, for
   * {@link #rows}: the columns of one pass lie together. out has k · n elements.
   */
  void pack(
      boolean transposed, float[] w, int wAt, int stride, int k, int n, float[] out, int outAt);

  /**
   * y[p] += x[p] · W for p in [from, to): W is [k, n], row-major or packed; k and n columns of x
   * and y are used. Rows of y may repeat only side by side.
   */
  void rows(Gather x, float[] w, int wAt, boolean packed, int k, int n, Gather y, int from, int to);

  /**
   * W[i] += Σ over p in [from, to) of x[p][i] · y[p] for columns i in [first, last) of x; W has n
   * columns.
   */
  void outer(Gather x, int first, int last, Gather y, int n, int from, int to, float[] w, int wAt);

  /**
   * Appends the lists of input rows in[p] to the strings of output rows out[p], for p in [from,
   * to), with the places of their weights moved by {@code shift}.
   */
  void append(
      RowSpikes spikes,
      int firstIn,
      int[] in,
      int[] out,
      int firstOut,
      int from,
      int to,
      int shift,
      Arrivals arrivals);

  /** y[r] += Σ over what arrives at row r of height · row of W at its place; rows have n. */
  void addArrivals(Arrivals arrivals, int rows, float[] w, int wAt, int n, float[] y, int yAt);

  /**
   * Copies {@code count} groups of {@code lanes} floats, {@code stride} apart, to vectors side by
   * side; what a vector has beyond them is left as it is.
   */
  void gather(float[] x, int xAt, int stride, int count, int lanes, float[] vectors, int vectorsAt);

  /**
   * Vectors sums[i] = Σ over j in [from, to) of vector i of x, counted from xAt + offsets[j] on,
   * times vector j of w, counted from wAt on, for i in [0, {@link #RUN}).
   */
  void taps(float[] x, int xAt, int[] offsets, float[] w, int wAt, int from, int to, float[] sums);

  /**
   * y = vectors + beta · y for {@code count} groups of {@code lanes} floats of y, {@code stride}
   * apart.
   */
  void scatter(float[] vectors, int count, int lanes, float beta, float[] y, int yAt, int stride);

  /** y = Σ over i in [0, count) of weights[i] · row rows[i] of x + beta · y. */
  void weightedRows(
      float[] x,
      int xAt,
      int channels,
      int[] rows,
      float[] weights,
      int count,
      float beta,
      float[] y,
      int yAt);

  /** y += alpha · x. */
  void axpy(float alpha, float[] x, int xAt, float[] y, int yAt, int size);

  /** out = a + b. */
  void add(float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int size);

  /** out[i] = w[i] as a float. */
  void unpack(byte[] w, int wAt, int size, float[] out, int outAt);

  /** Adds {@code row} [channels] to rows [from, to) of x. */
  void addRow(float[] row, int rowAt, int channels, int from, int to, float[] x, int xAt);

  /** Σ of x, in single precision. */
  float sum(float[] x, int xAt, int size);

  /** Σ of each column over rows [from, to), into sums. */
  void columnSums(float[] x, int xAt, int channels, int from, int to, float[] sums);

  /**
   * Maximum of each column over the rows rows[from..to) of x, 0 without rows, and, unless {@code
   * winners} is null, the first of these rows that has it, −1 without rows.
   */
  void columnMax(
      float[] x,
      int xAt,
      int channels,
      int[] rows,
      int from,
      int to,
      float[] y,
      int yAt,
      int[] winners,
      int winnersAt);

  /** Σ of (x − mean) and of (x − mean)² of each column over rows [from, to). */
  void columnSquares(
      float[] x,
      int xAt,
      int channels,
      int from,
      int to,
      float[] mean,
      float[] sums,
      float[] squares);

  /** Σ dy and Σ dy · (x − mean) of each column over rows [from, to). */
  void columnProducts(
      float[] dy,
      int dyAt,
      float[] x,
      int xAt,
      int channels,
      int from,
      int to,
      float[] mean,
      float[] sums,
      float[] products);

  /** y = (x − mean) · scale + shift (+ rest unless null), by column, over rows [from, to). */
  void affine(
      float[] x,
      int xAt,
      int channels,
      int from,
      int to,
      float[] mean,
      float[] scale,
      float[] shift,
      float[] rest,
      int restAt,
      float[] y,
      int yAt);

  /** dx = dy · a + x · b + c, by column, over rows [from, to). */
  void affine2(
      float[] dy,
      int dyAt,
      float[] x,
      int xAt,
      int channels,
      int from,
      int to,
      float[] a,
      float[] b,
      float[] c,
      float[] dx,
      int dxAt);

  /**
   * Membranes u (unless null) and spikes s of elements [from, to) of each of {@code steps} slabs of
   * x; u may be x.
   */
  void spikes(
      Neuron neuron,
      int steps,
      int slab,
      float[] x,
      int xAt,
      float[] u,
      int uAt,
      float[] s,
      int sAt,
      int from,
      int to);

  /** dx = gradient through the spikes + beta · dx, for the same elements. */
  void spikesBackward(
      Neuron neuron,
      int steps,
      int slab,
      float[] u,
      int uAt,
      float[] ds,
      int dsAt,
      float beta,
      float[] dx,
      int dxAt,
      int from,
      int to);

  void relu(float[] x, int xAt, float[] y, int yAt, int size);

  /** dx = (x &gt; 0 ? dy : 0) + beta · dx. */
  void reluGradient(
      float[] x, int xAt, float[] dy, int dyAt, float beta, float[] dx, int dxAt, int size);
}
