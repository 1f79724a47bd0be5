package org.trispike.vq;

/**
 * Unsigned integers of 1 to 16 bits without gaps: code i has the bits i·b to i·b+b−1 of the bytes,
 * counted from the lowest bit of the first byte. Codes of 12 bits cross bytes; bits behind the last
 * code are 0.
 */
public final class PackedCodes {
  private final int bits;
  private final long count;
  private final byte[] bytes;

  private PackedCodes(int bits, long count, byte[] bytes) {
    this.bits = bits;
    this.count = count;
    this.bytes = bytes;
  }

  /** Codes that lie in {@code bytes}, which are copied. */
  public static PackedCodes of(int bits, long count, byte[] bytes) {
    if (bytes.length != byteCount(bits, count)) {
      throw new IllegalArgumentException(
          count + " codes of " + bits + " bits do not take " + bytes.length + " bytes");
    }
    int spare = (int) (8L * bytes.length - count * bits);
    if (spare > 0 && (bytes[bytes.length - 1] & 0xff) >>> 8 - spare != 0) {
      throw new IllegalArgumentException("The " + spare + " bits behind the last code are not 0");
    }
    return new PackedCodes(bits, count, bytes.clone());
  }

  /** Bytes that so many codes take. */
  public static int byteCount(int bits, long count) {
    return Math.toIntExact((Math.multiplyExact(count, bits) + 7) / 8);
  }

  public int bits() {
    return bits;
  }

  public long count() {
    return count;
  }

  public int get(long index) {
    if (index < 0 || index >= count) {
      throw new IndexOutOfBoundsException("Code " + index + " is outside 0.." + (count - 1));
    }
    long first = index * bits;
    int shift = (int) first & 7;
    int word = 0;
    int at = (int) (first >>> 3);
    for (int have = 0; have < shift + bits; have += 8) {
      word |= (bytes[at++] & 0xff) << have;
    }
    return word >>> shift & (1 << bits) - 1;
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Codes that are set in any order, each once. */
  public static final class Builder {
    private final int bits;
    private final long count;
    private byte[] bytes;

    public Builder(int bits, long count) {
      this.bits = bits;
      this.count = count;
      this.bytes = new byte[byteCount(bits, count)];
    }

    public void set(long index, int code) {
      if (index < 0 || index >= count || code >>> bits != 0) {
        throw new IllegalArgumentException(
            "Code " + code + " at " + index + " of " + count + " with " + bits + " bits");
      }
      long first = index * bits;
      int shift = (int) first & 7;
      int word = code << shift;
      int at = (int) (first >>> 3);
      for (int have = 0; have < shift + bits; have += 8) {
        bytes[at++] |= (byte) (word >>> have);
      }
    }

    /** The codes; this builder is of no further use. */
    public PackedCodes build() {
      PackedCodes codes = new PackedCodes(bits, count, bytes);
      bytes = null;
      return codes;
    }
  }
}
