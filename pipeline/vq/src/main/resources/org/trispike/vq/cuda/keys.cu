// Attention's scores: the query with every cached key. A thread has a token and sums along its
// vectors, so nothing is exchanged. Blocks of their own channels each have a part of a score, which
// SOFTMAX adds: it is another launch, since no block may read what others still write.

extern "C" __global__ void __launch_bounds__(THREADS, LEAST_BLOCKS) KERNEL(
    const unsigned* codes, const Word* books, const Half* queries, float* scores, int tokens,
    int wordsOfSequence) {
  extern __shared__ __align__(16) unsigned char memory[];
  Word* cached = reinterpret_cast<Word*>(memory);
  float* query = reinterpret_cast<float*>(memory + CACHED_BYTES);
  Block block = blockOf(tokens);
  load(cached, books, block);
  for (int i = threadIdx.x; i < GROUPS_OF_PART * LENGTH; i += THREADS) {
    int channel = columnOf(block, 0) + i;
    int column = block.head * GROUPS_OF_HEAD * LENGTH + channel;
    bool there = channel < GROUPS_OF_HEAD * LENGTH;
    query[i] =
        there ? toFloat(queries[static_cast<long long>(blockIdx.z) * COLUMNS + column]) * SCALE : 0;
  }
  __syncthreads();

  codes += static_cast<long long>(blockIdx.z) * wordsOfSequence;
  int token = block.firstRow + threadIdx.x;
  if (token >= block.endRow) {
    return;
  }
  float score = 0;
  for (int tile = 0; tile < TILES_OF_PART; tile++) {
    int end = groupOf(block, tile + 1);
    if (groupOf(block, tile) == end) {
      break;
    }
    Book book[ROUNDS_OF_PART];
    switchAll(book, cached, books, block, tile);
    for (int group = groupOf(block, tile); group < end; group++) {
      Vector key = dequantize(book, codes, positionOf(block, tokens, token, group));
#pragma unroll
      for (int i = 0; i < LENGTH; i++) {
        score += element(key, i) * query[group * LENGTH + i];
      }
    }
  }
  long long part = static_cast<long long>(block.part) * gridDim.z + blockIdx.z;
  scores[(part * HEADS + block.head) * tokens + token] = score;
}
