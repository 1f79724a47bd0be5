/** The sum of the part's rounds. */
__device__ inline Vector dequantize(
    const Book (&book)[ROUNDS_OF_PART], const unsigned* codes, long long position) {
  Vector sum = point(book[0], codeAt(codes, position));
#pragma unroll
  for (int round = 1; round < ROUNDS_OF_PART; round++) {
    Vector next = point(book[round], codeAt(codes, position + round * GROUPS_OF_PART));
#pragma unroll
    for (int i = 0; i < PAIRS; i++) {
      sum.pair[i] = addPairs(sum.pair[i], next.pair[i]);
    }
  }
  return sum;
}

/** Switch, for all rounds of the part. */
__device__ inline void switchAll(
    Book (&book)[ROUNDS_OF_PART], const Word* shared, const Word* books, const Block& block, int tile) {
#pragma unroll
  for (int round = 0; round < ROUNDS_OF_PART; round++) {
    switchTo(book[round], shared, books, block, tile, round);
  }
}
