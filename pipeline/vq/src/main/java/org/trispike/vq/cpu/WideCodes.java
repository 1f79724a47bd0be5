package org.trispike.vq.cpu;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.trispike.vq.VqConfig;

/** Codes in whole bytes: one for up to 8 bits, else two, so that 12 bits take 16. */
final class WideCodes {
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private WideCodes() {}

  /** Bytes of a code. */
  static int bytes(VqConfig config) {
    return config.indexBits() <= Byte.SIZE ? 1 : 2;
  }

  /** A code of two bytes; generated text calls this. */
  static int get(byte[] codes, int at) {
    return (short) SHORTS.get(codes, at) & 0xffff;
  }

  static void set(byte[] codes, int at, int bytes, int code) {
    codes[at] = (byte) code;
    if (bytes == 2) {
      codes[at + 1] = (byte) (code >>> Byte.SIZE);
    }
  }

  /** The text that reads the code at {@code place}. */
  static String text(int bytes, String place) {
    return bytes == 1 ? "(codes[" + place + "] & 255)" : "WideCodes.get(codes, " + place + ")";
  }
}
