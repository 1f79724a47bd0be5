// E8P: a row of the table has eight odd numbers of halves, a nibble each, and in its highest bit
// whether an odd number of minus signs makes their sum even. A code is a row, seven signs, a shift.

/** Quarters, -11 to 11, as numbers of half precision: 1024 + n has n in its lowest bits. */
__device__ inline Pair quarters(int low, int high) {
  constexpr int BIAS = 16;
  Pair bits = 0x64006400u | (high + BIAS) << 16 | (low + BIAS);
  return subtractPairs(bits, 0x64006400u | BIAS << 16 | BIAS);
}

__device__ inline Vector point(const Book& book, unsigned code) {
  unsigned row = access(book, code >> 8).word[0];
  unsigned signs = code >> 1 & 0x7f;
  signs |= (__popc(signs) + (row >> 31) & 1) << 7;
  int shift = (code & 1) * 2 - 1;
  Vector vector;
#pragma unroll
  for (int i = 0; i < PAIRS; i++) {
    int low = (row >> 8 * i & 7) * 2;
    int high = (row >> 8 * i + 4 & 7) * 2;
    low = signs >> 2 * i & 1 ? -low : low;
    high = signs >> 2 * i + 1 & 1 ? -high : high;
    vector.pair[i] = multiplyPairs(quarters(low + shift, high + shift), book.scale);
  }
  return vector;
}
