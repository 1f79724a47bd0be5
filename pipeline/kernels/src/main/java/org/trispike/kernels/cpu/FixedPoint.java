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

  /** Elements that are ints on their way to bytes. */
  private static final int CHUNK = 512;

  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private FixedPoint() {}

  /** Steps 0..65535 of {@code x}, two bytes each, to {@code out[at]} on. */
  public static void pack16(Range range, float[] x, byte[] out, int at) {
    int[] steps = new int[CHUNK];
    for (int from = 0; from < x.length; from += CHUNK) {
      int n = Math.min(CHUNK, x.length - from);
      steps(range, range.scale(MOST_16), x, from, n, steps);
      for (int i = 0; i < n; i++) {
        SHORTS.set(out, at + 2 * (from + i), (short) steps[i]);
      }
    }
  }

  /** Steps 0..255 of {@code x}, a byte each, to {@code out[at]} on. */
  public static void pack8(Range range, float[] x, byte[] out, int at) {
    int[] steps = new int[CHUNK];
    for (int from = 0; from < x.length; from += CHUNK) {
      int n = Math.min(CHUNK, x.length - from);
      steps(range, range.scale(MOST_8), x, from, n, steps);
      for (int i = 0; i < n; i++) {
        out[at + from + i] = (byte) steps[i];
      }
    }
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

  private static void steps(Range range, float scale, float[] x, int from, int n, int[] steps) {
    int done = VECTOR ? VectorFixedPoint.steps(range, scale, x, from, n, steps) : 0;
    steps(range, scale, x, from, done, n, steps);
  }

  /** What Math.round says, many times faster: half a step more is exact in double precision. */
  static void steps(Range range, float scale, float[] x, int from, int done, int n, int[] steps) {
    for (int i = done; i < n; i++) {
      float value = x[from + i];
      float within = value < range.low() ? range.low() : value > 1 ? 1 : value;
      steps[i] = (int) ((within + range.shift) * scale + 0.5);
    }
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
