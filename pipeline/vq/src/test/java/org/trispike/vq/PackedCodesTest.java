package org.trispike.vq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trispike.kernels.KeyedRandom;

class PackedCodesTest {

  /** The codes are the digits of one long number in base 2^bits, lowest first. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 13, 15, 16})
  void bytesAreTheDigitsOfOneNumber(int bits) {
    for (int count : new int[] {1, 2, 7, 8, 101}) {
      KeyedRandom random = KeyedRandom.of(bits, count);
      PackedCodes.Builder builder = new PackedCodes.Builder(bits, count);
      int[] codes = new int[count];
      BigInteger number = BigInteger.ZERO;
      for (int i = count - 1; i >= 0; i--) {
        codes[i] = random.nextInt(1 << bits);
        builder.set(i, codes[i]);
        number = number.shiftLeft(bits).or(BigInteger.valueOf(codes[i]));
      }
      PackedCodes packed = builder.build();
      byte[] bytes = packed.bytes();
      assertThat(bytes).hasSize((bits * count + 7) / 8);
      byte[] bigEndian = new byte[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        bigEndian[i] = bytes[bytes.length - 1 - i];
      }
      assertThat(new BigInteger(1, bigEndian)).isEqualTo(number);
      PackedCodes read = PackedCodes.of(bits, count, bytes);
      for (int i = 0; i < count; i++) {
        assertThat(read.get(i)).isEqualTo(codes[i]);
      }
    }
  }

  @Test
  void twelveBitsCrossBytes() {
    PackedCodes.Builder builder = new PackedCodes.Builder(12, 3);
    builder.set(0, 0xabc);
    builder.set(1, 0x123);
    builder.set(2, 0xfff);
    assertThat(builder.build().bytes()).containsExactly(0xbc, 0x3a, 0x12, 0xff, 0x0f);
  }

  @Test
  void bytesThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> PackedCodes.of(12, 3, new byte[4]))
        .hasMessage("3 codes of 12 bits do not take 4 bytes");
    assertThatThrownBy(() -> PackedCodes.of(12, 1, new byte[] {0, 0x10}))
        .hasMessage("The 4 bits behind the last code are not 0");
    assertThatThrownBy(() -> PackedCodes.of(4, 2, new byte[1]).get(2))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> new PackedCodes.Builder(4, 2).set(0, 16))
        .hasMessage("Code 16 at 0 of 2 with 4 bits");
  }
}
