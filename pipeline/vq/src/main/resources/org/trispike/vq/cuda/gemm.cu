// GeMM: y = x Wᵀ on tensor cores. A block has 128 rows of weights and 128 activations; a warp 16 of
// the rows and all of the activations, so that each weight is dequantized once a block.

constexpr int BATCH_OF_BLOCK = 128;
constexpr int ACTIVATION_ROW = STEP + 8;   // halves; fragments of eight rows then lie in all banks
constexpr int ROWS_OF_WARP = ROWS_OF_BLOCK / WARPS;

/** Copies [BATCH_OF_BLOCK, STEP] activations, zeros where there are none. */
__device__ inline void stageActivations(
    Half* to, const Half* x, int batch, int firstColumn, int endColumn) {
  for (int i = threadIdx.x; i < BATCH_OF_BLOCK * STEP; i += THREADS) {
    int activation = blockIdx.z * BATCH_OF_BLOCK + i / STEP;
    int column = firstColumn + i % STEP;
    to[i / STEP * ACTIVATION_ROW + i % STEP] =
        activation < batch && column < endColumn
            ? x[static_cast<long long>(activation) * COLUMNS + column]
            : static_cast<Half>(0);
  }
}

extern "C" __global__ void __launch_bounds__(THREADS, LEAST_BLOCKS) KERNEL(
    const unsigned* codes, const Word* books, const Half* x, void* y, int rows, int batch) {
  extern __shared__ __align__(16) unsigned char memory[];
  Word* cached = reinterpret_cast<Word*>(memory);
  Half* activations = reinterpret_cast<Half*>(memory + CACHED_BYTES);
  Half* weights = activations + BATCH_OF_BLOCK * ACTIVATION_ROW;
  int lane = threadIdx.x % LANES;
  int warp = threadIdx.x / LANES;
  Block block = blockOf(rows);
  load(cached, books, block);   // the first step's barrier follows

  float sum[BATCH_OF_BLOCK / 16][ROWS_OF_WARP / 8][4] = {};
  for (int tile = 0; tile < TILES_OF_PART; tile++) {
    int end = groupOf(block, tile + 1);
    if (groupOf(block, tile) == end) {
      break;
    }
    Book book[ROUNDS_OF_PART];
    switchAll(book, cached, books, block, tile);
    for (int first = groupOf(block, tile); first < end; first += STEP / LENGTH) {
      __syncthreads();   // all have read what the last step staged
      stageActivations(
          activations, x, batch, columnOf(block, first), least(columnOf(block, end), COLUMNS));
      stageWeights(weights, book, codes, block, rows, first, end);
      __syncthreads();
      Pair b[ROWS_OF_WARP / 8][STEP / 16][2];
#pragma unroll
      for (int n = 0; n < ROWS_OF_WARP / 8; n++) {
        fragments(
            b[n], weights, book, codes, block, rows, first, end, warp * ROWS_OF_WARP + n * 8);
      }
#pragma unroll
      for (int m = 0; m < BATCH_OF_BLOCK / 16; m++) {
#pragma unroll
        for (int k = 0; k < STEP / 16; k++) {
          const Half* from =
              activations + (m * 16 + lane / 4) * ACTIVATION_ROW + k * 16 + lane % 4 * 2;
          Pair a[4];
          a[0] = *reinterpret_cast<const Pair*>(from);
          a[1] = *reinterpret_cast<const Pair*>(from + 8 * ACTIVATION_ROW);
          a[2] = *reinterpret_cast<const Pair*>(from + 8);
          a[3] = *reinterpret_cast<const Pair*>(from + 8 * ACTIVATION_ROW + 8);
#pragma unroll
          for (int n = 0; n < ROWS_OF_WARP / 8; n++) {
            mma(sum[m][n], a, b[n][k]);
          }
        }
      }
    }
  }

#pragma unroll
  for (int m = 0; m < BATCH_OF_BLOCK / 16; m++) {
#pragma unroll
    for (int n = 0; n < ROWS_OF_WARP / 8; n++) {
#pragma unroll
      for (int i = 0; i < 4; i++) {
        int activation = blockIdx.z * BATCH_OF_BLOCK + m * 16 + lane / 4 + i / 2 * 8;
        int row = block.firstRow + warp * ROWS_OF_WARP + n * 8 + lane % 4 * 2 + i % 2;
        if (activation < batch && row < block.endRow) {
          store(y, block.part, batch, activation, rows, row, sum[m][n][i]);
        }
      }
    }
  }
}
