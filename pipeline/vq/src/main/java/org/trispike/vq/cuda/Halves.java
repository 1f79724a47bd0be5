package org.trispike.vq.cuda;

/** Numbers of half precision (IEEE binary16), as bits. */
public final class Halves {
  private Halves() {}

  /** Rounded to nearest, ties to even. */
  public static short of(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = bits >>> 16 & 0x8000;
    float magnitude = Math.abs(value);
    if (Float.isNaN(value)) {
      return (short) (sign | 0x7e00);
    }
    if (magnitude >= 65520f) {
      return (short) (sign | 0x7c00);
    }
    // Units of the last bit: 2^-24 for subnormal numbers, 2^(exponent - 10) for others.
    int exponent = Math.max(Math.getExponent(magnitude), -14);
    int units = (int) Math.rint(Math.scalb((double) magnitude, 10 - exponent));
    return (short) (sign | units + (exponent + 14 << 10));
  }

  /** Exactly the number. */
  public static float toFloat(short half) {
    int exponent = half >>> 10 & 31;
    int fraction = half & 1023;
    float magnitude;
    if (exponent == 31) {
      magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else if (exponent == 0) {
      magnitude = Math.scalb((float) fraction, -24);
    } else {
      magnitude = Math.scalb((float) (1024 + fraction), exponent - 25);
    }
    return half < 0 ? -magnitude : magnitude;
  }
}
