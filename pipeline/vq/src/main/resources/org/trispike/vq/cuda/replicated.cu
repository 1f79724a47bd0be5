// GeMV after AQLM's own kernel, for comparison: the whole codebook is in shared memory, each entry
// COPIES times side by side, and a lane reads its own copy, so that no look-ups share banks. A warp
// has a row at a time, a lane every 32nd vector of it.

constexpr int COPIES = 8;   // of 16 bytes: all banks

extern "C" __global__ void __launch_bounds__(THREADS) KERNEL(
    const unsigned* codes, const Word* books, const Half* x, void* y, int rows) {
  extern __shared__ __align__(16) unsigned char memory[];
  uint4* entries = reinterpret_cast<uint4*>(memory);
  int lane = threadIdx.x % LANES;
  Block block = blockOf(rows);
  for (int i = threadIdx.x; i < ROUNDS * ENTRIES * COPIES; i += THREADS) {
    entries[i] = reinterpret_cast<const uint4*>(books)[i / COPIES];
  }
  __syncthreads();

  x += static_cast<long long>(blockIdx.z) * COLUMNS;
  for (int row = block.firstRow + threadIdx.x / LANES; row < block.endRow; row += WARPS) {
    float sum = 0;
    for (int group = lane; group < GROUPS_OF_HEAD; group += LANES) {
      long long position = positionOf(block, rows, row, group);
      Vector vector = {};
#pragma unroll
      for (int round = 0; round < ROUNDS; round++) {
        unsigned code = codeAt(codes, position + round * GROUPS_OF_PART);
        uint4 entry = entries[(round * ENTRIES + code) * COPIES + lane % COPIES];
        vector.pair[0] = addPairs(vector.pair[0], entry.x);
        vector.pair[1] = addPairs(vector.pair[1], entry.y);
        vector.pair[2] = addPairs(vector.pair[2], entry.z);
        vector.pair[3] = addPairs(vector.pair[3], entry.w);
      }
#pragma unroll
      for (int i = 0; i < LENGTH; i++) {
        int column = group * LENGTH + i;
        sum += column < COLUMNS ? element(vector, i) * toFloat(x[column]) : 0;
      }
    }
#pragma unroll
    for (int j = 1; j < LANES; j *= 2) {
      sum += __shfl_xor_sync(ALL_LANES, sum, j);
    }
    if (lane == 0) {
      static_cast<Half*>(y)[static_cast<long long>(blockIdx.z) * rows + row] = toHalf(sum);
    }
  }
}
