package org.trispike.kernels;

/**
 * The operations that a spiking network is made of, on one device: the seam to hardware.
 *
 * <p>One instance serves one task and is not for concurrent use; it may use several threads inside,
 * and its results do not depend on how many. Outputs are overwritten unless a {@code beta} is given
 * (output = result + beta · output; with beta 0 the old contents are not read). Outputs do not
 * overlap inputs except where said. Matrices are row-major; x is [rows, channels].
 */
public interface Compute extends AutoCloseable {

  /** What this is, for logs and reports: device, vector width, threads. */
  String description();

  // ---- memory ----

  /** A tensor with undefined contents, from the pool. */
  Tensor allocate(int... shape);

  /** Gives the storage of a tensor that {@link #allocate} made back to the pool. */
  void release(Tensor tensor);

  /** Copies {@code target.size()} floats from {@code source[offset]} on to the device. */
  void upload(float[] source, int offset, Tensor target);

  /** Copies {@code source.size()} floats from the device to {@code target[offset]} on. */
  void download(Tensor source, float[] target, int offset);

  void copy(Tensor source, Tensor target);

  void fill(Tensor tensor, float value);

  // ---- dense ----

  /** c = op(a) · op(b) + beta · c, where op transposes if told to. */
  void gemm(boolean transposeA, boolean transposeB, Tensor a, Tensor b, float beta, Tensor c);

  /**
   * c = alpha · op(a) · op(b) + beta · c for each of as many small matrices, where op transposes if
   * told to; the matrices of c do not overlap.
   */
  void batchedGemm(
      boolean transposeA,
      boolean transposeB,
      float alpha,
      Matrices a,
      Matrices b,
      float beta,
      Matrices c);

  /** y = y + alpha · x. */
  void axpy(float alpha, Tensor x, Tensor y);

  /** out = a + b; out may be a or b. */
  void add(Tensor a, Tensor b, Tensor out);

  /** Adds {@code bias} [channels] to each row of x, in place. */
  void addBias(Tensor x, Tensor bias);

  /** out[channels] = Σ over rows of x + beta · out: the gradient of a bias. */
  void sumRows(Tensor x, float beta, Tensor out);

  // ---- sparse convolution ----
  // x has T · inRows rows and y T · outRows; the rulebook is applied to each of the T slabs.

  /** y = Σ over pairs of x[in] · weights[offset]; weights [offsets, C_in, C_out]. */
  void sparseConv(Tensor x, Tensor weights, Rulebook rulebook, Tensor y);

  /** dx = Σ over pairs of dy[out] · weights[offset]ᵀ + beta · dx. */
  void sparseConvBackwardData(Tensor dy, Tensor weights, Rulebook rulebook, float beta, Tensor dx);

  /** dWeights[offset] = Σ over pairs of x[in]ᵀ · dy[out] + beta · dWeights. */
  void sparseConvBackwardWeights(
      Tensor x, Tensor dy, Rulebook rulebook, float beta, Tensor dWeights);

  // ---- spikes ----

  /**
   * {@link #sparseConv} of spikes: adds a row of weights, times its height, for each element of s
   * that is not 0, and costs by how many there are. Sums go in another order, so that results are
   * those of {@link #sparseConv} bit for bit where no partial sum rounds, and close elsewhere.
   */
  void spikeConv(Tensor s, Tensor weights, Rulebook rulebook, Tensor y);

  /**
   * {@link #sparseConv} of small integers with weights of 8 bits: y = scale · Σ over pairs of s[in]
   * · value[offset], where the sums are exact as long as 127 · Σ |s| that meet in an output stays
   * below 2^24, which layers of a thousand channels do not reach.
   */
  void int8Conv(Tensor s, Int8Weights weights, Rulebook rulebook, Tensor y);

  /** slot = height where s &gt; level, else 0: one binary slot of integer spikes. */
  void spikesAbove(float level, float height, Tensor s, Tensor slot);

  /** How many elements of s are not 0. */
  long active(Tensor s);

  // ---- batch normalisation over rows ----

  /** Mean and biased variance of each column of x, [channels] each. */
  void batchStatistics(Tensor x, Tensor mean, Tensor variance);

  /**
   * y = (x − mean) / √(variance + epsilon) · gamma + beta (+ residual unless null); y may be x or
   * the residual.
   */
  void batchNorm(
      Tensor x,
      Tensor mean,
      Tensor variance,
      float epsilon,
      Tensor gamma,
      Tensor beta,
      Tensor residual,
      Tensor y);

  /**
   * The gradients of {@link #batchNorm} with the statistics of x itself: dx (may be dy), and dGamma
   * and dBeta, which are added to.
   */
  void batchNormBackward(
      Tensor dy,
      Tensor x,
      Tensor mean,
      Tensor variance,
      float epsilon,
      Tensor gamma,
      Tensor dx,
      Tensor dGamma,
      Tensor dBeta);

  // ---- neurons ----

  /**
   * Spikes s and membranes u of {@code steps} slabs of x. For one step u equals x: u may then be x.
   */
  void neuron(Neuron neuron, int steps, Tensor x, Tensor u, Tensor s);

  /**
   * dx = gradient through {@link #neuron} + beta · dx, by the straight-through estimator and
   * through time; dx may be ds if beta is 0.
   */
  void neuronBackward(Neuron neuron, int steps, Tensor u, Tensor ds, float beta, Tensor dx);

  /** y = max(x, 0): the activation of the non-spiking twin. y may be x. */
  void relu(Tensor x, Tensor y);

  /** dx = dy where x &gt; 0, else 0, + beta · dx. */
  void reluBackward(Tensor x, Tensor dy, float beta, Tensor dx);

  // ---- pooling ----

  /**
   * y[b] = mean over the rows offsets[b]..offsets[b+1] of each slab, and over the {@code steps}
   * slabs; a segment without rows gives 0. x [steps · rows, C], y [segments, C].
   */
  void segmentMean(int steps, Tensor x, int[] offsets, Tensor y);

  /** dx of {@link #segmentMean}, overwritten. */
  void segmentMeanBackward(int steps, Tensor dy, int[] offsets, Tensor dx);

  /**
   * y[t · segments + b] = Σ over the rows offsets[b]..offsets[b+1] of slab t, 0 without rows. x
   * [steps · rows, C], y [steps · segments, C].
   */
  void segmentSum(int steps, Tensor x, int[] offsets, Tensor y);

  /**
   * Adds y[t · segments + b] to each of the rows offsets[b]..offsets[b+1] of slab t of x; {@link
   * #segmentSum} takes gradients the way back.
   */
  void addToSegments(int steps, Tensor y, int[] offsets, Tensor x);

  /**
   * y[t · segments + b] = maximum of each column over the rows offsets[b]..offsets[b+1] of slab t;
   * a segment without rows gives 0. x [steps · rows, C], y [steps · segments, C]. Of equal rows the
   * first wins.
   *
   * @param winners [steps · segments · C] which row of x each element of y came from, −1 if from
   *     none; null if no backward pass follows
   */
  void segmentMax(int steps, Tensor x, int[] offsets, Tensor y, int[] winners);

  /**
   * dx of {@link #segmentMax} and {@link #maxPool}, overwritten: the sum of dy where a row won, 0
   * elsewhere.
   */
  void maxBackward(Tensor dy, int[] winners, Tensor dx);

  // ---- images ----
  // Images are slabs of x [images · pixels, C] and y [images · outputs, C], pixels row by row. A
  // dense convolution is sparseConv, or spikeConv, by the rulebook of its window; time steps are
  // images too.

  /**
   * y[o] = Σ over the pixels p that offset k meets at output o of x[p] · weights[k], channel by
   * channel; weights [kernel², C].
   */
  void depthwiseConv(Tensor x, Tensor weights, Window2d window, Tensor y);

  /** dx = the gradient of {@link #depthwiseConv} to x + beta · dx. */
  void depthwiseConvBackwardData(Tensor dy, Tensor weights, Window2d window, float beta, Tensor dx);

  /** dWeights = the gradient of {@link #depthwiseConv} to its weights + beta · dWeights. */
  void depthwiseConvBackwardWeights(
      Tensor x, Tensor dy, Window2d window, float beta, Tensor dWeights);

  /**
   * y[o] = maximum of each channel over the pixels that the window sees; padding never wins, and of
   * equal pixels the first does.
   *
   * @param winners [images · outputs · C] which row of x each element of y came from; null if no
   *     backward pass follows
   */
  void maxPool(Tensor x, Window2d window, Tensor y, int[] winners);

  /**
   * y = the images of x at another size + beta · y: enlarging, mean pooling, and their gradients.
   */
  void resample(Resampling map, Tensor x, float beta, Tensor y);

  /** Sum of all elements, in a fixed order: for firing rates. */
  double sum(Tensor x);

  @Override
  void close();
}
