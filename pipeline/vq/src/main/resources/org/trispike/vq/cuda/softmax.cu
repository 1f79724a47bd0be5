// Shares of a head's tokens, of scores whose parts are added first: [parts, sequences · heads,
// tokens] to [sequences · heads, tokens]. A block has a head; the largest score is subtracted.

/** The largest, or the sum, of all threads. */
template <bool SUM>
__device__ inline float ofAll(float value, float* scratch) {
#pragma unroll
  for (int j = 1; j < LANES; j *= 2) {
    float other = __shfl_xor_sync(ALL_LANES, value, j);
    value = SUM ? value + other : fmaxf(value, other);
  }
  __syncthreads();
  if (threadIdx.x % LANES == 0) {
    scratch[threadIdx.x / LANES] = value;
  }
  __syncthreads();
  value = scratch[0];
  for (int warp = 1; warp < WARPS; warp++) {
    value = SUM ? value + scratch[warp] : fmaxf(value, scratch[warp]);
  }
  return value;
}

extern "C" __global__ void __launch_bounds__(THREADS) KERNEL(
    const float* scores, float* shares, int tokens) {
  extern __shared__ __align__(16) unsigned char memory[];
  float* scratch = reinterpret_cast<float*>(memory);
  long long first = static_cast<long long>(blockIdx.x) * tokens;
  long long all = static_cast<long long>(gridDim.x) * tokens;
  float largest = -3.0e38f;
  for (int token = threadIdx.x; token < tokens; token += THREADS) {
    float score = 0;
    for (int part = 0; part < PARTS; part++) {
      score += scores[part * all + first + token];
    }
    shares[first + token] = score;
    largest = fmaxf(largest, score);
  }
  largest = ofAll<false>(largest, scratch);
  float sum = 0;
  for (int token = threadIdx.x; token < tokens; token += THREADS) {
    float share = expf(shares[first + token] - largest);
    shares[first + token] = share;
    sum += share;
  }
  sum = ofAll<true>(sum, scratch);
  for (int token = threadIdx.x; token < tokens; token += THREADS) {
    shares[first + token] /= sum;
  }
}
