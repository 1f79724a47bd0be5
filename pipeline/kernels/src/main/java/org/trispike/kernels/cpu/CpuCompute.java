package org.trispike.kernels.cpu;

import java.util.Arrays;
import java.util.Optional;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Int8Weights;
import org.trispike.kernels.Matrices;
import org.trispike.kernels.Neuron;
import org.trispike.kernels.Resampling;
import org.trispike.kernels.Rulebook;
import org.trispike.kernels.Storage;
import org.trispike.kernels.Tensor;
import org.trispike.kernels.Window2d;

/**
 * {@link Compute} on float arrays. Work is cut into parts that do not depend on the number of
 * threads, and partial sums are joined in the order of the parts, so results do not either.
 */
public final class CpuCompute implements Compute {
  /** Rows whose column sums are kept in single precision before they join in double. */
  private static final int BLOCK = 512;

  private final Lanes lanes;
  private final Workers workers;
  private final FloatPool pool = new FloatPool();
  private final Normalization normalization;
  private final Segments segments;
  private final Product product;
  private final BatchedProduct batchedProduct;
  private final SparseConvolution convolution;
  private final SpikeConvolution spikeConvolution;
  private final DepthwiseConvolution depthwiseConvolution;
  private final Images images;

  /** With vector loops, if this JVM has the module and this CPU at least 256-bit vectors. */
  public static Optional<Compute> vector(int threads) {
    return VectorSupport.present()
        ? Optional.of(new CpuCompute(new VectorLanes(), threads))
        : Optional.empty();
  }

  /** With plain loops. */
  public static Compute scalar(int threads) {
    return new CpuCompute(new ScalarLanes(), threads);
  }

  private CpuCompute(Lanes lanes, int threads) {
    this.lanes = lanes;
    this.workers = new Workers(threads);
    this.product = new Product(lanes, workers, pool);
    this.batchedProduct = new BatchedProduct(lanes, workers, pool);
    this.convolution = new SparseConvolution(lanes, workers, pool);
    this.spikeConvolution = new SpikeConvolution(lanes, workers);
    this.depthwiseConvolution = new DepthwiseConvolution(lanes, workers);
    this.images = new Images(lanes, workers);
    this.normalization = new Normalization(lanes, workers, BLOCK);
    this.segments = new Segments(lanes, workers, normalization);
  }

  @Override
  public String description() {
    return "cpu (" + lanes.description() + ", " + workers.threads() + " threads)";
  }

  private static float[] array(Tensor tensor) {
    return FloatPool.array(tensor);
  }

  @Override
  public Tensor allocate(int... shape) {
    int size = 1;
    for (int extent : shape) {
      size = Math.multiplyExact(size, extent);
    }
    return new Tensor(pool.take(size), 0, shape);
  }

  @Override
  public void release(Tensor tensor) {
    Storage storage = tensor.storage();
    pool.give((FloatPool.Heap) storage);
  }

  @Override
  public void upload(float[] source, int offset, Tensor target) {
    System.arraycopy(source, offset, array(target), target.offset(), target.size());
  }

  @Override
  public void download(Tensor source, float[] target, int offset) {
    System.arraycopy(array(source), source.offset(), target, offset, source.size());
  }

  @Override
  public void copy(Tensor source, Tensor target) {
    System.arraycopy(array(source), source.offset(), array(target), target.offset(), source.size());
  }

  @Override
  public void fill(Tensor tensor, float value) {
    Arrays.fill(array(tensor), tensor.offset(), tensor.offset() + tensor.size(), value);
  }

  @Override
  public void gemm(
      boolean transposeA, boolean transposeB, Tensor a, Tensor b, float beta, Tensor c) {
    scale(c, beta);
    product.multiply(transposeA, transposeB, a, b, c);
  }

  @Override
  public void batchedGemm(
      boolean transposeA,
      boolean transposeB,
      float alpha,
      Matrices a,
      Matrices b,
      float beta,
      Matrices c) {
    batchedProduct.multiply(transposeA, transposeB, alpha, a, b, beta, c);
  }

  @Override
  public void axpy(float alpha, Tensor x, Tensor y) {
    workers.elements(
        x.size(),
        (from, to) ->
            lanes.axpy(alpha, array(x), x.offset() + from, array(y), y.offset() + from, to - from));
  }

  @Override
  public void add(Tensor a, Tensor b, Tensor out) {
    workers.elements(
        a.size(),
        (from, to) ->
            lanes.add(
                array(a),
                a.offset() + from,
                array(b),
                b.offset() + from,
                array(out),
                out.offset() + from,
                to - from));
  }

  @Override
  public void addBias(Tensor x, Tensor bias) {
    workers.rows(
        x.rows(),
        (from, to) ->
            lanes.addRow(array(bias), bias.offset(), x.columns(), from, to, array(x), x.offset()));
  }

  @Override
  public void sumRows(Tensor x, float beta, Tensor out) {
    scale(out, beta);
    double[] sums = normalization.columnSums(array(x), x.offset(), x.rows(), x.columns());
    for (int c = 0; c < sums.length; c++) {
      array(out)[out.offset() + c] += (float) sums[c];
    }
  }

  @Override
  public void sparseConv(Tensor x, Tensor weights, Rulebook rulebook, Tensor y) {
    convolution.forward(x, weights, rulebook, y);
  }

  @Override
  public void sparseConvBackwardData(
      Tensor dy, Tensor weights, Rulebook rulebook, float beta, Tensor dx) {
    convolution.backwardData(dy, weights, rulebook, beta, dx);
  }

  @Override
  public void sparseConvBackwardWeights(
      Tensor x, Tensor dy, Rulebook rulebook, float beta, Tensor dWeights) {
    convolution.backwardWeights(x, dy, rulebook, beta, dWeights);
  }

  @Override
  public void spikeConv(Tensor s, Tensor weights, Rulebook rulebook, Tensor y) {
    spikeConvolution.forward(s, weights, rulebook, y);
  }

  @Override
  public void int8Conv(Tensor s, Int8Weights weights, Rulebook rulebook, Tensor y) {
    convolution.forward(s, weights, rulebook, y);
  }

  @Override
  public void spikesAbove(float level, float height, Tensor s, Tensor slot) {
    float[] from = array(s);
    float[] to = array(slot);
    for (int i = 0; i < s.size(); i++) {
      to[slot.offset() + i] = from[s.offset() + i] > level ? height : 0f;
    }
  }

  @Override
  public long active(Tensor s) {
    float[] values = array(s);
    long active = 0;
    for (int i = s.offset(); i < s.offset() + s.size(); i++) {
      active += values[i] != 0 ? 1 : 0;
    }
    return active;
  }

  @Override
  public void batchStatistics(Tensor x, Tensor mean, Tensor variance) {
    normalization.statistics(
        array(x),
        x.offset(),
        x.rows(),
        x.columns(),
        array(mean),
        mean.offset(),
        array(variance),
        variance.offset());
  }

  @Override
  public void batchNorm(
      Tensor x,
      Tensor mean,
      Tensor variance,
      float epsilon,
      Tensor gamma,
      Tensor beta,
      Tensor residual,
      Tensor y) {
    int channels = x.columns();
    float[] scale = new float[channels];
    float[] shift = new float[channels];
    float[] center = new float[channels];
    for (int c = 0; c < channels; c++) {
      scale[c] = (float) (at(gamma, c) / Math.sqrt(at(variance, c) + epsilon));
      shift[c] = at(beta, c);
      center[c] = at(mean, c);
    }
    workers.rows(
        x.rows(),
        (from, to) ->
            lanes.affine(
                array(x),
                x.offset(),
                channels,
                from,
                to,
                center,
                scale,
                shift,
                residual == null ? null : array(residual),
                residual == null ? 0 : residual.offset(),
                array(y),
                y.offset()));
  }

  @Override
  public void batchNormBackward(
      Tensor dy,
      Tensor x,
      Tensor mean,
      Tensor variance,
      float epsilon,
      Tensor gamma,
      Tensor dx,
      Tensor dGamma,
      Tensor dBeta) {
    int n = x.rows();
    int channels = x.columns();
    float[] means = new float[channels];
    System.arraycopy(array(mean), mean.offset(), means, 0, channels);
    double[][] sums =
        normalization.products(array(dy), dy.offset(), array(x), x.offset(), n, channels, means);
    float[] a = new float[channels];
    float[] b = new float[channels];
    float[] c = new float[channels];
    for (int j = 0; j < channels; j++) {
      double inverse = 1 / Math.sqrt(at(variance, j) + epsilon);
      double sumNormalized = sums[1][j] * inverse;
      // dx = γ/σ (dy − mean(dy) − x̂ mean(dy x̂)), with x̂ = (x − mean)/σ spread over x.
      double slope = at(gamma, j) * inverse;
      double curve = n == 0 ? 0 : -slope * inverse * sumNormalized / n;
      a[j] = (float) slope;
      b[j] = (float) curve;
      c[j] = n == 0 ? 0f : (float) (-slope * sums[0][j] / n - curve * means[j]);
      array(dGamma)[dGamma.offset() + j] += (float) sumNormalized;
      array(dBeta)[dBeta.offset() + j] += (float) sums[0][j];
    }
    workers.rows(
        n,
        (from, to) ->
            lanes.affine2(
                array(dy),
                dy.offset(),
                array(x),
                x.offset(),
                channels,
                from,
                to,
                a,
                b,
                c,
                array(dx),
                dx.offset()));
  }

  @Override
  public void neuron(Neuron neuron, int steps, Tensor x, Tensor u, Tensor s) {
    int slab = x.size() / steps;
    boolean same = steps == 1 && array(x) == array(u) && x.offset() == u.offset();
    workers.elements(
        slab,
        (from, to) ->
            lanes.spikes(
                neuron,
                steps,
                slab,
                array(x),
                x.offset(),
                same ? null : array(u),
                u.offset(),
                array(s),
                s.offset(),
                from,
                to));
  }

  @Override
  public void neuronBackward(Neuron neuron, int steps, Tensor u, Tensor ds, float beta, Tensor dx) {
    int slab = u.size() / steps;
    workers.elements(
        slab,
        (from, to) ->
            lanes.spikesBackward(
                neuron,
                steps,
                slab,
                array(u),
                u.offset(),
                array(ds),
                ds.offset(),
                beta,
                array(dx),
                dx.offset(),
                from,
                to));
  }

  @Override
  public void relu(Tensor x, Tensor y) {
    workers.elements(
        x.size(),
        (from, to) ->
            lanes.relu(array(x), x.offset() + from, array(y), y.offset() + from, to - from));
  }

  @Override
  public void reluBackward(Tensor x, Tensor dy, float beta, Tensor dx) {
    workers.elements(
        x.size(),
        (from, to) ->
            lanes.reluGradient(
                array(x),
                x.offset() + from,
                array(dy),
                dy.offset() + from,
                beta,
                array(dx),
                dx.offset() + from,
                to - from));
  }

  @Override
  public void segmentMean(int steps, Tensor x, int[] offsets, Tensor y) {
    segments.mean(steps, x, offsets, y);
  }

  @Override
  public void segmentMeanBackward(int steps, Tensor dy, int[] offsets, Tensor dx) {
    segments.meanBackward(steps, dy, offsets, dx);
  }

  @Override
  public void segmentSum(int steps, Tensor x, int[] offsets, Tensor y) {
    segments.sum(steps, x, offsets, y);
  }

  @Override
  public void addToSegments(int steps, Tensor y, int[] offsets, Tensor x) {
    segments.addTo(steps, y, offsets, x);
  }

  @Override
  public void segmentMax(int steps, Tensor x, int[] offsets, Tensor y, int[] winners) {
    segments.max(steps, x, offsets, y, winners);
  }

  @Override
  public void maxBackward(Tensor dy, int[] winners, Tensor dx) {
    fill(dx, 0f);
    Segments.maxBackward(dy, winners, dx);
  }

  @Override
  public void depthwiseConv(Tensor x, Tensor weights, Window2d window, Tensor y) {
    depthwiseConvolution.forward(x, weights, window, y);
  }

  @Override
  public void depthwiseConvBackwardData(
      Tensor dy, Tensor weights, Window2d window, float beta, Tensor dx) {
    depthwiseConvolution.backwardData(dy, weights, window, beta, dx);
  }

  @Override
  public void depthwiseConvBackwardWeights(
      Tensor x, Tensor dy, Window2d window, float beta, Tensor dWeights) {
    scale(dWeights, beta);
    depthwiseConvolution.backwardWeights(x, dy, window, dWeights);
  }

  @Override
  public void maxPool(Tensor x, Window2d window, Tensor y, int[] winners) {
    images.maxPool(x, window, y, winners);
  }

  @Override
  public void resample(Resampling map, Tensor x, float beta, Tensor y) {
    images.resample(map, x, beta, y);
  }

  @Override
  public double sum(Tensor x) {
    double sum = 0;
    for (int from = 0; from < x.size(); from += BLOCK) {
      sum += lanes.sum(array(x), x.offset() + from, Math.min(BLOCK, x.size() - from));
    }
    return sum;
  }

  @Override
  public void close() {
    workers.close();
    pool.clear();
  }

  private static float at(Tensor tensor, int i) {
    return array(tensor)[tensor.offset() + i];
  }

  private void scale(Tensor tensor, float beta) {
    if (beta == 0f) {
      fill(tensor, 0f);
    } else if (beta != 1f) {
      float[] values = array(tensor);
      for (int i = tensor.offset(); i < tensor.offset() + tensor.size(); i++) {
        values[i] *= beta;
      }
    }
  }
}
