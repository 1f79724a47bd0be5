// GeMV: y = W x for one activation; a warp has some rows of the block and all columns of the part.
// In a mini-warp each lane looks up vectors of a row of its own, and multiplies elements t of all.

constexpr int SETS = (ROWS_OF_BLOCK + WARPS * MINI - 1) / (WARPS * MINI);

extern "C" __global__ void __launch_bounds__(THREADS, LEAST_BLOCKS) KERNEL(
    const unsigned* codes, const Word* books, const Half* x, void* y, int rows) {
  extern __shared__ __align__(16) unsigned char memory[];
  Word* cached = reinterpret_cast<Word*>(memory);
  int lane = threadIdx.x % LANES;
  int warp = threadIdx.x / LANES;
  float* scratch = reinterpret_cast<float*>(memory + CACHED_BYTES + warp * SCRATCH_BYTES);
  Block block = blockOf(rows);
  load(cached, books, block);
  __syncthreads();

  x += static_cast<long long>(blockIdx.z) * COLUMNS;
  float sum[SETS][MINI] = {};
  for (int tile = 0; tile < TILES_OF_PART; tile++) {
    int end = groupOf(block, tile + 1);
    if (groupOf(block, tile) == end) {
      break;
    }
    Book book[ROUNDS_OF_PART];
    switchAll(book, cached, books, block, tile);
    for (int first = groupOf(block, tile); first < end; first += LANES / MINI) {
      int group = first + lane / MINI;
      float activation[PIECE];
#pragma unroll
      for (int p = 0; p < PIECE; p++) {
        int column = columnOf(block, group) + lane % MINI * PIECE + p;
        activation[p] = group < end && column < COLUMNS ? toFloat(x[column]) : 0;
      }
#pragma unroll
      for (int set = 0; set < SETS; set++) {
        int row = block.firstRow + (set * WARPS + warp) * MINI + lane % MINI;
        float elements[LENGTH] = {};
        if (row < block.endRow && group < end) {
          Vector vector = dequantize(book, codes, positionOf(block, rows, row, group));
#pragma unroll
          for (int i = 0; i < LENGTH; i++) {
            elements[i] = element(vector, i);
          }
        }
        exchange(elements, scratch);
#pragma unroll
        for (int i = 0; i < LENGTH; i++) {
          sum[set][i / PIECE] += elements[i] * activation[i % PIECE];
        }
      }
    }
  }

#pragma unroll
  for (int set = 0; set < SETS; set++) {
    // sum[j] is of the row of lane ^ j: bring them home, then add the mini-warps.
    float total = sum[set][0];
#pragma unroll
    for (int j = 1; j < MINI; j++) {
      total += __shfl_xor_sync(ALL_LANES, sum[set][j], j);
    }
#pragma unroll
    for (int j = MINI; j < LANES; j *= 2) {
      total += __shfl_xor_sync(ALL_LANES, total, j);
    }
    int row = block.firstRow + (set * WARPS + warp) * MINI + lane % MINI;
    if (lane < MINI && row < block.endRow) {
      store(y, block.part, gridDim.z, blockIdx.z, rows, row, total);
    }
  }
}
