package org.trispike.kernels;

import java.nio.charset.StandardCharsets;

/**
 * A random stream that is a pure function of its key, such as (seed, epoch, sample id).
 *
 * <p>SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014)
 * started from a hash of the key: the same key gives the same numbers on every machine, and no
 * state is shared between samples, partitions or retries. Not for secrets.
 */
public final class KeyedRandom {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private long state;

  private KeyedRandom(long state) {
    this.state = state;
  }

  /** The stream of this key. */
  public static KeyedRandom of(long... key) {
    long hash = GOLDEN;
    for (long part : key) {
      hash = mix(hash + GOLDEN ^ mix(part));
    }
    return new KeyedRandom(hash);
  }

  /** A 64-bit hash of {@code text}, to use an id as a part of a key. */
  public static long hash(String text) {
    long hash = GOLDEN;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = mix(hash ^ b & 0xff);
    }
    return hash;
  }

  public long nextLong() {
    state += GOLDEN;
    return mix(state);
  }

  /** Uniform in 0..bound−1; the bias, below bound / 2⁶³, does not matter for sampling. */
  public int nextInt(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("Bound " + bound + " is not positive");
    }
    return (int) Math.floorMod(nextLong() >>> 1, (long) bound);
  }

  /** Uniform in [0, 1). */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1p-53;
  }

  /** Uniform in [0, 1). */
  public float nextFloat() {
    return (nextLong() >>> 40) * 0x1p-24f;
  }

  /** Uniform in [low, high). */
  public float uniform(double low, double high) {
    return (float) (low + (high - low) * nextDouble());
  }

  /** Standard normal, by Box and Muller. */
  public double nextGaussian() {
    double radius = Math.sqrt(-2 * Math.log(1 - nextDouble()));
    return radius * Math.cos(2 * Math.PI * nextDouble());
  }

  static long mix(long z) {
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
