// Weights reach the tensor cores by way of shared memory: all threads dequantize the tile of
// [rows, STEP] inputs, then each warp reads the fragments of its rows.

constexpr int TILE_ROW = STEP + 8;   // halves; fragments of eight rows then lie in all banks

__device__ inline void stageWeights(
    Half* weights, const Book (&book)[ROUNDS_OF_PART], const unsigned* codes, const Block& block,
    int rows, int firstGroup, int endGroup) {
  constexpr int GROUPS_OF_STEP = STEP / LENGTH;
  for (int i = threadIdx.x; i < ROWS_OF_BLOCK * GROUPS_OF_STEP; i += THREADS) {
    int row = block.firstRow + i / GROUPS_OF_STEP;
    int group = firstGroup + i % GROUPS_OF_STEP;
    Vector vector = {};
    if (row < block.endRow && group < endGroup) {
      vector = dequantize(book, codes, positionOf(block, rows, row, group));
    }
    Half* to = weights + i / GROUPS_OF_STEP * TILE_ROW + i % GROUPS_OF_STEP * LENGTH;
#pragma unroll
    for (int j = 0; j < PAIRS; j++) {
      if constexpr (LENGTH == 1) {
        to[0] = static_cast<Half>(vector.pair[0]);
      } else {
        reinterpret_cast<Pair*>(to)[j] = vector.pair[j];
      }
    }
  }
}

/** The fragments of eight rows: [STEP / 16][2]. */
__device__ inline void fragments(
    Pair (&b)[STEP / 16][2], const Half* weights, const Book (&)[ROUNDS_OF_PART], const unsigned*,
    const Block&, int, int, int, int firstRow) {
  int lane = threadIdx.x % LANES;
  const Half* from = weights + (firstRow + lane / 4) * TILE_ROW + lane % 4 * 2;
#pragma unroll
  for (int k = 0; k < STEP / 16; k++) {
    b[k][0] = *reinterpret_cast<const Pair*>(from + k * 16);
    b[k][1] = *reinterpret_cast<const Pair*>(from + k * 16 + 8);
  }
}
