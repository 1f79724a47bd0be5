package org.trispike.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class DistinctKeysTest {
  private final DistinctKeys distinct = new DistinctKeys();

  /** From a bitmap of less than a word, over its limit of 256 n keys, to keys of 60 bits. */
  @Test
  void numbersAreThoseOfASortedSet() {
    for (int bits : new int[] {1, 5, 6, 7, 12, 16, 17, 25, 31, 32, 60}) {
      for (int n : new int[] {0, 1, 2, 500}) {
        long[] keys =
            LongStream.range(0, n)
                .map(i -> KeyedRandom.of(7, bits, i).nextLong() >>> Long.SIZE - bits)
                .map(key -> key - key % 3 % 2)
                .toArray();
        check(keys, bits, 3);
      }
    }
  }

  @Test
  void theLimitsOfTheBitmapAreReached() {
    long last = (1L << 16) - 1;
    check(LongStream.range(0, 256).map(i -> last - i * 257).toArray(), 16, 0);
    check(new long[] {last, 0, last, 63, 64, 63}, 16, 0);
  }

  private void check(long[] keys, int bits, int count) {
    long[] found = new long[count + keys.length];
    int[] numbers = new int[keys.length + 2];
    int end = distinct.number(keys, keys.length, bits, found, count, numbers, 2);
    long[] expected = Arrays.stream(keys).sorted().distinct().toArray();
    assertThat(Arrays.copyOfRange(found, count, end)).isEqualTo(expected);
    for (int i = 0; i < keys.length; i++) {
      assertThat(numbers[2 + i]).isEqualTo(count + Arrays.binarySearch(expected, keys[i]));
    }
  }
}
