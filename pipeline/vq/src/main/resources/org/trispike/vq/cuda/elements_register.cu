// A lane comes with a vector and leaves with its piece of each vector of its mini-warp.

constexpr int MINI = LENGTH;
constexpr int PIECE = 1;

/** Before: the elements of the lane's vector. After: [j] is element t of the vector of lane ^ j. */
__device__ inline void exchange(float (&elements)[LENGTH], float* /* scratch */) {
  transpose(elements, threadIdx.x % MINI);
}
