package org.trispike.kernels;

/**
 * Weights [offsets, in, out] of a convolution of integers as bytes −127..127, with a scale for each
 * output channel: w ≈ scale · value, off by half a scale at most. A quarter of the memory of single
 * precision, which is what a layer of few rows and many channels waits for.
 *
 * @param offsets of the kernel
 * @param in channels
 * @param out channels
 * @param values [offsets · in · out], the output channel fastest
 * @param scales [out]
 */
@SuppressWarnings("ArrayRecordComponent") // large arrays that are passed through
public record Int8Weights(int offsets, int in, int out, byte[] values, float[] scales) {
  /** The largest value; −128 is left out, so that the range is symmetric. */
  public static final int MOST = 127;

  public Int8Weights {
    if (values.length != Math.multiplyExact(Math.multiplyExact(offsets, in), out)
        || scales.length != out) {
      throw new IllegalArgumentException(
          values.length
              + " values and "
              + scales.length
              + " scales are no weights "
              + offsets
              + " x "
              + in
              + " x "
              + out);
    }
  }

  /** Rounds {@code weights} [offsets, in, out]: the largest of each channel becomes ±127. */
  public static Int8Weights of(float[] weights, int offsets, int in, int out) {
    float[] scales = new float[out];
    for (int i = 0; i < weights.length; i++) {
      scales[i % out] = Math.max(scales[i % out], Math.abs(weights[i]) / MOST);
    }
    byte[] values = new byte[weights.length];
    for (int i = 0; i < weights.length; i++) {
      float scale = scales[i % out];
      values[i] =
          scale == 0 ? 0 : (byte) Math.max(-MOST, Math.min(MOST, Math.rint(weights[i] / scale)));
    }
    return new Int8Weights(offsets, in, out, values, scales);
  }
}
