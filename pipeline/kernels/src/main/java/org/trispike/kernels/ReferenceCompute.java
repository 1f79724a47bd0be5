package org.trispike.kernels;

import java.util.Arrays;

/**
 * Every operation as a plain loop in double precision: the oracle that other implementations are
 * tested against, and the ground for finite differences. Slow; not for work.
 */
public final class ReferenceCompute implements Compute {
  private final ReferenceSegments segments = new ReferenceSegments(this);
  private final ReferenceImages images = new ReferenceImages(this);

  private record Doubles(double[] values) implements Storage {
    @Override
    public int capacity() {
      return values.length;
    }
  }

  /** Element {@code i} of {@code tensor}, in double precision. */
  public double get(Tensor tensor, int i) {
    return values(tensor)[tensor.offset() + i];
  }

  public void set(Tensor tensor, int i, double value) {
    values(tensor)[tensor.offset() + i] = value;
  }

  private static double[] values(Tensor tensor) {
    return ((Doubles) tensor.storage()).values();
  }

  @Override
  public String description() {
    return "reference (double precision, naive loops)";
  }

  @Override
  public Tensor allocate(int... shape) {
    int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    return new Tensor(new Doubles(new double[size]), 0, shape);
  }

  @Override
  public void release(Tensor tensor) {}

  @Override
  public void upload(float[] source, int offset, Tensor target) {
    for (int i = 0; i < target.size(); i++) {
      set(target, i, source[offset + i]);
    }
  }

  @Override
  public void download(Tensor source, float[] target, int offset) {
    for (int i = 0; i < source.size(); i++) {
      target[offset + i] = (float) get(source, i);
    }
  }

  @Override
  public void copy(Tensor source, Tensor target) {
    for (int i = 0; i < source.size(); i++) {
      set(target, i, get(source, i));
    }
  }

  @Override
  public void fill(Tensor tensor, float value) {
    for (int i = 0; i < tensor.size(); i++) {
      set(tensor, i, value);
    }
  }

  @Override
  public void gemm(
      boolean transposeA, boolean transposeB, Tensor a, Tensor b, float beta, Tensor c) {
    int inner = transposeA ? a.rows() : a.columns();
    for (int i = 0; i < c.rows(); i++) {
      for (int j = 0; j < c.columns(); j++) {
        double sum = 0;
        for (int k = 0; k < inner; k++) {
          sum +=
              get(a, transposeA ? k * a.columns() + i : i * a.columns() + k)
                  * get(b, transposeB ? j * b.columns() + k : k * b.columns() + j);
        }
        accumulate(c, i * c.columns() + j, beta, sum);
      }
    }
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
    int inner = transposeA ? a.rows() : a.columns();
    for (int m = 0; m < c.count(); m++) {
      for (int i = 0; i < c.rows(); i++) {
        for (int j = 0; j < c.columns(); j++) {
          double sum = 0;
          for (int k = 0; k < inner; k++) {
            sum +=
                element(a, m, transposeA ? k : i, transposeA ? i : k)
                    * element(b, m, transposeB ? j : k, transposeB ? k : j);
          }
          int at = c.at(m) - c.tensor().offset() + i * c.stride() + j;
          accumulate(c.tensor(), at, beta, alpha * sum);
        }
      }
    }
  }

  private static double element(Matrices matrices, int m, int row, int column) {
    return values(matrices.tensor())[matrices.at(m) + row * matrices.stride() + column];
  }

  @Override
  public void axpy(float alpha, Tensor x, Tensor y) {
    for (int i = 0; i < x.size(); i++) {
      set(y, i, get(y, i) + alpha * get(x, i));
    }
  }

  @Override
  public void add(Tensor a, Tensor b, Tensor out) {
    for (int i = 0; i < a.size(); i++) {
      set(out, i, get(a, i) + get(b, i));
    }
  }

  @Override
  public void addBias(Tensor x, Tensor bias) {
    for (int i = 0; i < x.size(); i++) {
      set(x, i, get(x, i) + get(bias, i % x.columns()));
    }
  }

  @Override
  public void sumRows(Tensor x, float beta, Tensor out) {
    for (int c = 0; c < x.columns(); c++) {
      double sum = 0;
      for (int r = 0; r < x.rows(); r++) {
        sum += get(x, r * x.columns() + c);
      }
      accumulate(out, c, beta, sum);
    }
  }

  @Override
  public void sparseConv(Tensor x, Tensor weights, Rulebook rulebook, Tensor y) {
    fill(y, 0);
    eachPair(
        x, y, rulebook, (in, out, w) -> set(y, out, get(y, out) + get(x, in) * get(weights, w)));
  }

  @Override
  public void sparseConvBackwardData(
      Tensor dy, Tensor weights, Rulebook rulebook, float beta, Tensor dx) {
    scale(dx, beta);
    eachPair(
        dx,
        dy,
        rulebook,
        (in, out, w) -> set(dx, in, get(dx, in) + get(dy, out) * get(weights, w)));
  }

  @Override
  public void sparseConvBackwardWeights(
      Tensor x, Tensor dy, Rulebook rulebook, float beta, Tensor dWeights) {
    scale(dWeights, beta);
    eachPair(
        x,
        dy,
        rulebook,
        (in, out, w) -> set(dWeights, w, get(dWeights, w) + get(x, in) * get(dy, out)));
  }

  @Override
  public void int8Conv(Tensor s, Int8Weights weights, Rulebook rulebook, Tensor y) {
    fill(y, 0);
    eachPair(
        s,
        y,
        rulebook,
        (in, out, w) -> set(y, out, get(y, out) + get(s, in) * weights.values()[w]));
    for (int i = 0; i < y.size(); i++) {
      set(y, i, get(y, i) * weights.scales()[i % weights.out()]);
    }
  }

  @Override
  public void spikeConv(Tensor s, Tensor weights, Rulebook rulebook, Tensor y) {
    fill(y, 0);
    eachPair(
        s,
        y,
        rulebook,
        (in, out, w) -> {
          if (get(s, in) != 0) {
            set(y, out, get(y, out) + get(s, in) * get(weights, w));
          }
        });
  }

  @Override
  public void spikesAbove(float level, float height, Tensor s, Tensor slot) {
    for (int i = 0; i < s.size(); i++) {
      set(slot, i, get(s, i) > level ? height : 0);
    }
  }

  @Override
  public long active(Tensor s) {
    long active = 0;
    for (int i = 0; i < s.size(); i++) {
      active += get(s, i) == 0 ? 0 : 1;
    }
    return active;
  }

  private interface Term {
    void add(int in, int out, int weight);
  }

  /** Calls {@code term} with the element positions of each product of a sparse convolution. */
  private static void eachPair(Tensor x, Tensor y, Rulebook rulebook, Term term) {
    int ci = x.columns();
    int co = y.columns();
    int steps = rulebook.inRows() == 0 ? 0 : x.rows() / rulebook.inRows();
    for (int t = 0; t < steps; t++) {
      for (int k = 0; k < rulebook.offsets(); k++) {
        for (int p = rulebook.start()[k]; p < rulebook.start()[k + 1]; p++) {
          int in = (t * rulebook.inRows() + rulebook.in()[p]) * ci;
          int out = (t * rulebook.outRows() + rulebook.out()[p]) * co;
          for (int i = 0; i < ci; i++) {
            for (int o = 0; o < co; o++) {
              term.add(in + i, out + o, (k * ci + i) * co + o);
            }
          }
        }
      }
    }
  }

  @Override
  public void batchStatistics(Tensor x, Tensor mean, Tensor variance) {
    for (int c = 0; c < x.columns(); c++) {
      double m = 0;
      double v = 0;
      for (int r = 0; r < x.rows(); r++) {
        m += get(x, r * x.columns() + c) / x.rows();
      }
      for (int r = 0; r < x.rows(); r++) {
        v += Math.pow(get(x, r * x.columns() + c) - m, 2) / x.rows();
      }
      set(mean, c, m);
      set(variance, c, v);
    }
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
    for (int i = 0; i < x.size(); i++) {
      int c = i % x.columns();
      double normalized = (get(x, i) - get(mean, c)) / Math.sqrt(get(variance, c) + epsilon);
      double rest = residual == null ? 0 : get(residual, i);
      set(y, i, normalized * get(gamma, c) + get(beta, c) + rest);
    }
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
    for (int c = 0; c < channels; c++) {
      double inverse = 1 / Math.sqrt(get(variance, c) + epsilon);
      double sum = 0;
      double sumNormalized = 0;
      for (int r = 0; r < n; r++) {
        double g = get(dy, r * channels + c);
        sum += g;
        sumNormalized += g * (get(x, r * channels + c) - get(mean, c)) * inverse;
      }
      for (int r = 0; r < n; r++) {
        int i = r * channels + c;
        double normalized = (get(x, i) - get(mean, c)) * inverse;
        double g = get(dy, i) - sum / n - normalized * sumNormalized / n;
        set(dx, i, get(gamma, c) * inverse * g);
      }
      set(dGamma, c, get(dGamma, c) + sumNormalized);
      set(dBeta, c, get(dBeta, c) + sum);
    }
  }

  @Override
  public void neuron(Neuron neuron, int steps, Tensor x, Tensor u, Tensor s) {
    int slab = x.size() / steps;
    for (int i = 0; i < slab; i++) {
      double membrane = 0;
      for (int t = 0; t < steps; t++) {
        membrane += get(x, t * slab + i);
        double spike = emit(neuron, membrane);
        set(u, t * slab + i, membrane);
        set(s, t * slab + i, spike * neuron.scale());
        membrane = neuron.decay() * (membrane - spike);
      }
    }
  }

  private static double emit(Neuron neuron, double membrane) {
    double clipped = Math.max(0, Math.min(neuron.levels(), membrane));
    return switch (neuron.rounding()) {
      case HALF_UP -> Math.floor(clipped + 0.5);
      case HALF_EVEN -> Math.rint(clipped);
      case NONE -> clipped;
    };
  }

  @Override
  public void neuronBackward(Neuron neuron, int steps, Tensor u, Tensor ds, float beta, Tensor dx) {
    int slab = u.size() / steps;
    for (int i = 0; i < slab; i++) {
      double carried = 0;
      for (int t = steps - 1; t >= 0; t--) {
        double membrane = get(u, t * slab + i);
        boolean inside =
            neuron.window() == Neuron.Window.STRICT
                ? membrane > 0 && membrane < neuron.levels()
                : membrane >= 0 && membrane <= neuron.levels();
        double gradient = carried + (inside ? neuron.scale() * get(ds, t * slab + i) : 0);
        accumulate(dx, t * slab + i, beta, gradient);
        carried = neuron.decay() * gradient;
      }
    }
  }

  @Override
  public void relu(Tensor x, Tensor y) {
    for (int i = 0; i < x.size(); i++) {
      set(y, i, Math.max(0, get(x, i)));
    }
  }

  @Override
  public void reluBackward(Tensor x, Tensor dy, float beta, Tensor dx) {
    for (int i = 0; i < x.size(); i++) {
      accumulate(dx, i, beta, get(x, i) > 0 ? get(dy, i) : 0);
    }
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
    fill(dx, 0);
    for (int i = 0; i < dy.size(); i++) {
      if (winners[i] >= 0) {
        accumulate(dx, winners[i] * dx.columns() + i % dx.columns(), 1, get(dy, i));
      }
    }
  }

  @Override
  public void depthwiseConv(Tensor x, Tensor weights, Window2d window, Tensor y) {
    images.depthwiseConv(x, weights, window, y);
  }

  @Override
  public void depthwiseConvBackwardData(
      Tensor dy, Tensor weights, Window2d window, float beta, Tensor dx) {
    scale(dx, beta);
    images.depthwiseConvBackwardData(dy, weights, window, dx);
  }

  @Override
  public void depthwiseConvBackwardWeights(
      Tensor x, Tensor dy, Window2d window, float beta, Tensor dWeights) {
    scale(dWeights, beta);
    images.depthwiseConvBackwardWeights(x, dy, window, dWeights);
  }

  @Override
  public void maxPool(Tensor x, Window2d window, Tensor y, int[] winners) {
    images.maxPool(x, window, y, winners);
  }

  @Override
  public void resample(Resampling map, Tensor x, float beta, Tensor y) {
    scale(y, beta);
    images.resample(map, x, y);
  }

  @Override
  public double sum(Tensor x) {
    double sum = 0;
    for (int i = 0; i < x.size(); i++) {
      sum += get(x, i);
    }
    return sum;
  }

  private void accumulate(Tensor tensor, int i, float beta, double value) {
    set(tensor, i, beta == 0 ? value : value + beta * get(tensor, i));
  }

  private void scale(Tensor tensor, float beta) {
    for (int i = 0; i < tensor.size(); i++) {
      set(tensor, i, beta == 0 ? 0 : beta * get(tensor, i));
    }
  }

  @Override
  public void close() {}
}
