package org.trispike.vq;

/**
 * VQ&lt;x, y, z&gt;: vectors of x elements become z indices of y bits, whose entries add up to the
 * vector. VQ&lt;4, 8, 1&gt; has 256 entries, not 8.
 *
 * @param name for reports and files
 * @param vectorLength x, a power of two
 * @param indexBits y: a codebook has 2^y entries
 * @param rounds z, residual rounds: each quantizes what the ones before it left
 * @param scope what shares a codebook; its columns are whole vectors
 * @param kind whence the entries
 */
public record VqConfig(
    String name,
    int vectorLength,
    int indexBits,
    int rounds,
    CodebookScope scope,
    CodebookKind kind) {
  /** Longest vector. */
  public static final int MAX_LENGTH = 64;

  /** Widest index. */
  public static final int MAX_BITS = 16;

  /** Most residual rounds. */
  public static final int MAX_ROUNDS = 8;

  public VqConfig {
    if (vectorLength < 1 || vectorLength > MAX_LENGTH || Integer.bitCount(vectorLength) != 1) {
      throw new IllegalArgumentException(
          "Vector length " + vectorLength + " is not a power of two in 1.." + MAX_LENGTH);
    }
    if (indexBits < 1 || indexBits > MAX_BITS) {
      throw new IllegalArgumentException(indexBits + " index bits are outside 1.." + MAX_BITS);
    }
    if (rounds < 1 || rounds > MAX_ROUNDS) {
      throw new IllegalArgumentException(rounds + " rounds are outside 1.." + MAX_ROUNDS);
    }
    if (scope.columns() != CodebookScope.ALL && scope.columns() % vectorLength != 0) {
      throw new IllegalArgumentException(
          "A scope of " + scope.columns() + " columns cuts vectors of " + vectorLength);
    }
    if (kind == CodebookKind.E8P && (vectorLength != E8p.LENGTH || indexBits != E8p.BITS)) {
      throw new IllegalArgumentException(
          "E8P is VQ<8, 16, z>, not VQ<" + vectorLength + ", " + indexBits + ", z>");
    }
  }

  /** With trained entries. */
  public static VqConfig trained(
      String name, int vectorLength, int indexBits, int rounds, CodebookScope scope) {
    return new VqConfig(name, vectorLength, indexBits, rounds, scope, CodebookKind.TRAINED);
  }

  /** Entries of a codebook. */
  public int entries() {
    return 1 << indexBits;
  }

  /** Bits of an element's share of the codes. */
  public double bitsPerElement() {
    return (double) indexBits * rounds / vectorLength;
  }

  /** Vectors of a row; the last is filled up with zeros. */
  public int groups(int columns) {
    return CodebookScope.ceilDiv(columns, vectorLength);
  }

  /** Codebooks of a matrix, each of which has entries for all rounds. */
  public int codebooks(int rows, int columns) {
    return Math.multiplyExact(scope.down(rows), scope.across(columns));
  }

  /** Such as VQ&lt;8, 12, 2&gt;. */
  public String signature() {
    return "VQ<" + vectorLength + ", " + indexBits + ", " + rounds + ">";
  }
}
