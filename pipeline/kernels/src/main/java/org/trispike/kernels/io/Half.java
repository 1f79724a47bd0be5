package org.trispike.kernels.io;

/** IEEE 754 half precision, which the JDK converts only from version 20 on. */
public final class Half {
  private Half() {}

  /** The nearest half, ties to even; beyond 65504 infinity, NaN stays NaN. */
  public static short of(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = bits >>> 16 & 0x8000;
    int magnitude = bits & 0x7FFFFFFF;
    if (magnitude >= 0x47800000) {
      return (short) (sign | (magnitude > 0x7F800000 ? 0x7E00 : 0x7C00));
    }
    if (magnitude < 0x38800000) {
      // Subnormal: adding 0.5 lets the float unit itself shift and round to a multiple of 2^-24.
      float shifted = Float.intBitsToFloat(magnitude) + 0.5f;
      return (short) (sign | (Float.floatToRawIntBits(shifted) - 0x3F000000));
    }
    int odd = magnitude >>> 13 & 1;
    return (short) (sign | (magnitude - 0x38000000 + 0xFFF + odd >>> 13));
  }

  /** Exact: every half is a float. */
  public static float toFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = half >>> 10 & 0x1F;
    int fraction = half & 0x3FF;
    if (exponent == 0) {
      float magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    if (exponent == 31) {
      return Float.intBitsToFloat(sign | 0x7F800000 | fraction << 13);
    }
    return Float.intBitsToFloat(sign | (exponent + 112) << 23 | fraction << 13);
  }
}
