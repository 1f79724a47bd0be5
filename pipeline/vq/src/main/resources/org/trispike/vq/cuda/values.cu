// Attention's result: the values, weighted by the shares of their tokens. In a mini-warp each lane
// looks up vectors of a token of its own, and adds elements t of all. Warps divide the tokens.

extern "C" __global__ void __launch_bounds__(THREADS, LEAST_BLOCKS) KERNEL(
    const unsigned* codes, const Word* books, const float* shares, float* mixed, int tokens,
    int wordsOfSequence) {
  extern __shared__ __align__(16) unsigned char memory[];
  Word* cached = reinterpret_cast<Word*>(memory);
  constexpr int CHANNELS = GROUPS_OF_PART * LENGTH;
  float* ofWarps = reinterpret_cast<float*>(memory + CACHED_BYTES);
  int lane = threadIdx.x % LANES;
  int warp = threadIdx.x / LANES;
  float* scratch =
      reinterpret_cast<float*>(memory + CACHED_BYTES + WARPS * CHANNELS * 4 + warp * SCRATCH_BYTES);
  Block block = blockOf(tokens);
  load(cached, books, block);
  __syncthreads();

  codes += static_cast<long long>(blockIdx.z) * wordsOfSequence;
  shares += (static_cast<long long>(blockIdx.z) * HEADS + block.head) * tokens;
  for (int tile = 0; tile < TILES_OF_PART; tile++) {
    int end = groupOf(block, tile + 1);
    if (groupOf(block, tile) == end) {
      break;
    }
    Book book[ROUNDS_OF_PART];
    switchAll(book, cached, books, block, tile);
    for (int group = groupOf(block, tile); group < end; group++) {
      float sum[PIECE] = {};
      for (int first = block.firstRow + warp * LANES; first < block.endRow; first += THREADS) {
        int token = first + lane;
        float elements[LENGTH] = {};
        if (token < block.endRow) {
          Vector value = dequantize(book, codes, positionOf(block, tokens, token, group));
          float share = shares[token];
#pragma unroll
          for (int i = 0; i < LENGTH; i++) {
            elements[i] = element(value, i) * share;
          }
        }
        exchange(elements, scratch);
#pragma unroll
        for (int i = 0; i < LENGTH; i++) {
          sum[i % PIECE] += elements[i];
        }
      }
#pragma unroll
      for (int p = 0; p < PIECE; p++) {
#pragma unroll
        for (int j = MINI; j < LANES; j *= 2) {
          sum[p] += __shfl_xor_sync(ALL_LANES, sum[p], j);
        }
        if (lane < MINI) {
          ofWarps[warp * CHANNELS + group * LENGTH + lane * PIECE + p] = sum[p];
        }
      }
    }
  }
  __syncthreads();

  long long partial = static_cast<long long>(blockIdx.x) * ROUND_PARTS + block.part % ROUND_PARTS;
  mixed += (partial * gridDim.z + blockIdx.z) * COLUMNS + block.head * GROUPS_OF_HEAD * LENGTH;
  for (int i = threadIdx.x; i < groupOf(block, TILES_OF_PART) * LENGTH; i += THREADS) {
    float sum = 0;
    for (int w = 0; w < WARPS; w++) {
      sum += ofWarps[w * CHANNELS + i];
    }
    mixed[columnOf(block, 0) + i] = sum;
  }
}
