// Register fusion: the lanes of a mini-warp hand each other pieces of their vectors by shuffles.

/** Register j takes what was in j ^ t. Registers have no addresses: a swap for each bit of t. */
template <typename T, int N>
__device__ inline void rotate(T (&piece)[N], int t) {
#pragma unroll
  for (int bit = 1; bit < N; bit *= 2) {
#pragma unroll
    for (int j = 0; j < N; j++) {
      if ((j & bit) == 0) {
        T low = piece[j];
        T high = piece[j | bit];
        piece[j] = t & bit ? high : low;
        piece[j | bit] = t & bit ? low : high;
      }
    }
  }
}

/** Lane t has piece[j] of its own vector before, and piece t of that of lane t ^ j after. */
template <typename T, int N>
__device__ inline void transpose(T (&piece)[N], int t) {
  rotate(piece, t);
#pragma unroll
  for (int j = 1; j < N; j++) {
    piece[j] = __shfl_xor_sync(ALL_LANES, piece[j], j);
  }
}
