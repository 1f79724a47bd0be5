/** A result of half precision, or a part of one, [parts, batch, rows], for REDUCE to add. */
__device__ inline void store(
    void* y, int part, int batch, int activation, int rows, int row, float value) {
  if constexpr (PARTS == 1) {
    static_cast<Half*>(y)[static_cast<long long>(activation) * rows + row] = toHalf(value);
  } else {
    long long at = (static_cast<long long>(part) * batch + activation) * rows + row;
    static_cast<float*>(y)[at] = value;
  }
}
