// Weights are dequantized by the lanes whose fragments they become: VECTOR_OF_LANE says which
// vector each lane looks up, so that a mini-warp's vectors are what its lanes need pairs of.

__device__ inline void stageWeights(
    Half*, const Book (&)[ROUNDS_OF_PART], const unsigned*, const Block&, int, int, int) {}

/** Vector number v of eight rows times STEP inputs, counted fragment by fragment, row by row. */
__device__ inline Vector vectorOf(
    int v, const Book (&book)[ROUNDS_OF_PART], const unsigned* codes, const Block& block, int rows,
    int firstGroup, int endGroup, int firstRow) {
  constexpr int VECTORS_OF_ROW = 16 / LENGTH;
  int row = block.firstRow + firstRow + v / VECTORS_OF_ROW % 8;
  int group = firstGroup + v / (8 * VECTORS_OF_ROW) * VECTORS_OF_ROW + v % VECTORS_OF_ROW;
  Vector vector = {};
  if (row < block.endRow && group < endGroup) {
    vector = dequantize(book, codes, positionOf(block, rows, row, group));
  }
  return vector;
}

/** The fragments of eight rows: [STEP / 16][2]. */
__device__ inline void fragments(
    Pair (&b)[STEP / 16][2], const Half*, const Book (&book)[ROUNDS_OF_PART], const unsigned* codes,
    const Block& block, int rows, int firstGroup, int endGroup, int firstRow) {
  int lane = threadIdx.x % LANES;
#pragma unroll
  for (int i = 0; i < STEP / 8 / PAIRS; i++) {
    Pair pair[PAIRS];
    if constexpr (LENGTH > 2) {
      int v = VECTOR_OF_LANE[lane] + i * LANES;
      Vector vector = vectorOf(v, book, codes, block, rows, firstGroup, endGroup, firstRow);
#pragma unroll
      for (int j = 0; j < PAIRS; j++) {
        pair[j] = vector.pair[j];
      }
      transpose(pair, lane % PAIRS);
      rotate(pair, lane % PAIRS);   // pair[j] is now of the vector of the mini-warp's lane j
    } else if constexpr (LENGTH == 2) {
      int v = i / 2 * 64 + lane / 4 * 8 + i % 2 * 4 + lane % 4;
      pair[0] =
          vectorOf(v, book, codes, block, rows, firstGroup, endGroup, firstRow).pair[0];
    } else {
      int v = i / 2 * 128 + lane / 4 * 16 + i % 2 * 8 + lane % 4 * 2;
      Pair low = vectorOf(v, book, codes, block, rows, firstGroup, endGroup, firstRow).pair[0];
      Pair high = vectorOf(v + 1, book, codes, block, rows, firstGroup, endGroup, firstRow).pair[0];
      pair[0] = low | high << 16;
    }
#pragma unroll
    for (int j = 0; j < PAIRS; j++) {
      b[(i * PAIRS + j) / 2][(i * PAIRS + j) % 2] = pair[j];
    }
  }
}
