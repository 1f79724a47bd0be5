package org.trispike.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;

/** A compute under test beside the double-precision oracle, fed the same numbers. */
final class Duo implements AutoCloseable {
  static final double TOLERANCE = 1e-5;
  final Compute fast;
  final ReferenceCompute exact = new ReferenceCompute();
  private final KeyedRandom random;

  Duo(Compute fast, long key) {
    this.fast = fast;
    this.random = KeyedRandom.of(key);
  }

  /** What each property is tested on. */
  static Stream<Compute> computes() {
    return Stream.of(Computes.cpu(1), Computes.cpu(3), Computes.scalar());
  }

  /** The same tensor on both sides. */
  record Twin(Tensor fast, Tensor exact) {}

  KeyedRandom random() {
    return random;
  }

  Twin of(float[] values, int... shape) {
    Twin twin = new Twin(fast.allocate(shape), exact.allocate(shape));
    fast.upload(values, 0, twin.fast);
    exact.upload(values, 0, twin.exact);
    return twin;
  }

  /** Standard normal numbers. */
  Twin normal(int... shape) {
    return around(0, 1, shape);
  }

  Twin around(double mean, double deviation, int... shape) {
    float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (mean + deviation * random.nextGaussian());
    }
    return of(values, shape);
  }

  /** max |fast − exact| ≤ 1e-5 · max |exact|. */
  void assertClose(Twin twin) {
    float[] got = new float[twin.fast.size()];
    fast.download(twin.fast, got, 0);
    double worst = 0;
    double largest = 0;
    for (int i = 0; i < got.length; i++) {
      double want = exact.get(twin.exact, i);
      double difference = Math.abs(got[i] - want);
      worst = Double.isNaN(difference) ? Double.NaN : Math.max(worst, difference);
      largest = Math.max(largest, Math.abs(want));
    }
    assertThat(worst)
        .as("largest difference of %s, beside values up to %s", twin.fast, largest)
        .isLessThanOrEqualTo(TOLERANCE * Math.max(largest, 1e-3));
  }

  @Override
  public void close() {
    fast.close();
  }
}
