package org.trispike.kernels.cpu;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Floats as whole steps of 8 or 16 bits, little-endian, and back: how points are stored.
 *
 * <p>Step = the nearest whole number, halves up, to (clamp(x, low, 1) − low) · most / (1 − low), in
 * single precision; NaN becomes step 0. With vectors where this JVM and CPU have them; the results
 * are the same bits.
 */
public final class FixedPoint {
  private static final boolean VECTOR = VectorSupport.present();

  /** The range that the steps cover. */
  public enum Range {
    /** [0, 1]. */
    UNIT(0),
    /** [−1, 1]. */
    SIGNED(1);

    /** What is added to a value to make it begin at 0. */
    final float shift;

    Range(float shift) {
      this.shift = shift;
    }

    float low() {
      return -shift;
    }

    /** Steps in one unit. */
    float scale(int most) {
      return most / (1 + shift);
    }

    /** Units in one step. */
    float unit(int most) {
      return (1 + shift) / most;
    }
  }

  static final int MOST_16 = 0xFFFF;
  static final int MOST_8 = 0xFF;

  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private FixedPoint() {}

  /** Steps 0..65535 of {@code x}, two bytes each, to {@code out[at]} on. */
  public static void pack16(Range range, float[] x, byte[] out, int at) {
    int done = VECTOR ? VectorFixedPoint.pack16(range, x, out, at) : 0;
    pack16(range, x, out, at, done);
  }

  /** Steps 0..255 of {@code x}, a byte each, to {@code out[at]} on. */
  public static void pack8(Range range, float[] x, byte[] out, int at) {
    int done = VECTOR ? VectorFixedPoint.pack8(range, x, out, at) : 0;
    pack8(range, x, out, at, done);
  }

  /** Fills {@code x} from the steps of two bytes at {@code in[at]} on. */
  public static void unpack16(Range range, byte[] in, int at, float[] x) {
    int done = VECTOR ? VectorFixedPoint.unpack16(range, in, at, x) : 0;
    unpack16(range, in, at, x, done);
  }

  /** Fills {@code x} from the steps of a byte at {@code in[at]} on. */
  public static void unpack8(Range range, byte[] in, int at, float[] x) {
    int done = VECTOR ? VectorFixedPoint.unpack8(range, in, at, x) : 0;
    unpack8(range, in, at, x, done);
  }

  static void pack16(Range range, float[] x, byte[] out, int at, int from) {
    float scale = range.scale(MOST_16);
    for (int i = from; i < x.length; i++) {
      SHORTS.set(out, at + 2 * i, (short) step(range, scale, x[i]));
    }
  }

  static void pack8(Range range, float[] x, byte[] out, int at, int from) {
    float scale = range.scale(MOST_8);
    for (int i = from; i < x.length; i++) {
      out[at + i] = (byte) step(range, scale, x[i]);
    }
  }

  /** What Math.round says, many times faster: half a step more is exact in double precision. */
  private static int step(Range range, float scale, float x) {
    float within = x < range.low() ? range.low() : x > 1 ? 1 : x;
    return (int) ((within + range.shift) * scale + 0.5);
  }

  static void unpack16(Range range, byte[] in, int at, float[] x, int from) {
    float unit = range.unit(MOST_16);
    for (int i = from; i < x.length; i++) {
      int step = in[at + 2 * i] & 0xFF | (in[at + 2 * i + 1] & 0xFF) << 8;
      x[i] = step * unit - range.shift;
    }
  }

  static void unpack8(Range range, byte[] in, int at, float[] x, int from) {
    float unit = range.unit(MOST_8);
    for (int i = from; i < x.length; i++) {
      x[i] = (in[at + i] & 0xFF) * unit - range.shift;
    }
  }
}
