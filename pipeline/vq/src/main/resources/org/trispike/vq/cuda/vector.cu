// A dequantized vector in registers.

constexpr int PAIRS = LENGTH < 2 ? 1 : LENGTH / 2;

struct Vector {
  Pair pair[PAIRS];
};

__device__ inline float element(const Vector& vector, int i) {
  return toFloat(static_cast<Half>(vector.pair[i / 2] >> i % 2 * 16));
}
