// A lane comes with a vector and leaves with its piece of each vector of its mini-warp.
// Shared fusion: by way of a few rows of shared memory that belong to the warp.

constexpr int MINI = LENGTH < LANES ? LENGTH : LANES;
constexpr int PIECE = LENGTH / MINI;
constexpr int SCRATCH_ROW = LENGTH + 1;   // odd, so that a column lies in all banks

/** Before: the elements of the lane's vector. After: [j] is piece t of the vector of lane ^ j. */
__device__ inline void exchange(float (&elements)[LENGTH], float* scratch) {
  if constexpr (MINI > 1) {
    int lane = threadIdx.x % LANES;
    int t = lane % MINI;
#pragma unroll
    for (int i = 0; i < LENGTH; i++) {
      scratch[lane * SCRATCH_ROW + i] = elements[i];
    }
    __syncwarp();
#pragma unroll
    for (int i = 0; i < LENGTH; i++) {
      elements[i] = scratch[(lane ^ i / PIECE) * SCRATCH_ROW + t * PIECE + i % PIECE];
    }
    __syncwarp();
  }
}
