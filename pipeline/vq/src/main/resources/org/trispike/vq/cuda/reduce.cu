// Adds the parts of results, [parts, size] to [size], always in the same order.

extern "C" __global__ void __launch_bounds__(THREADS) KERNEL(
    const float* partial, void* y, int size, int parts) {
  int i = blockIdx.x * THREADS + threadIdx.x;
  if (i >= size) {
    return;
  }
  float sum = 0;
  for (int part = 0; part < parts; part++) {
    sum += partial[static_cast<long long>(part) * size + i];
  }
  if constexpr (HALF_RESULTS) {
    static_cast<Half*>(y)[i] = toHalf(sum);
  } else {
    static_cast<float*>(y)[i] = sum;
  }
}
