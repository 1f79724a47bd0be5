// What generated kernels ask of CUDA, for a compiler of plain C++. Behind it is emulator.cpp.
#pragma once
#include <math.h>
#include <string.h>
#include <utility>

#define __device__
#define __global__
#define __shared__
#define __constant__ static const
#define __align__(n) __attribute__((aligned(n)))
#define __launch_bounds__(...)

typedef unsigned short Half;
typedef unsigned int Pair;

struct Index {
  unsigned x, y, z;
};
struct alignas(8) uint2 {
  unsigned x, y;
};
struct alignas(16) uint4 {
  unsigned x, y, z, w;
};

extern Index threadIdx, blockIdx, gridDim;

/** Waits for all threads of the block. */
void __syncthreads();

/** Waits for all lanes of the warp; orders their memory. */
void __syncwarp();

/** Waits for all lanes, but orders no memory. */
unsigned shuffle(unsigned value, int xor_);
void mma(float (&c)[4], const Pair (&a)[4], const Pair (&b)[2]);

float toFloat(Half h);
Half toHalf(float f);
Pair addPairs(Pair a, Pair b);
Pair subtractPairs(Pair a, Pair b);
Pair multiplyPairs(Pair a, Pair b);

inline unsigned __shfl_xor_sync(unsigned, unsigned value, int mask) { return shuffle(value, mask); }
inline float __shfl_xor_sync(unsigned, float value, int mask) {
  unsigned bits;
  memcpy(&bits, &value, 4);
  bits = shuffle(bits, mask);
  memcpy(&value, &bits, 4);
  return value;
}
inline int __popc(unsigned bits) { return __builtin_popcount(bits); }
inline unsigned __funnelshift_r(unsigned low, unsigned high, unsigned shift) {
  return static_cast<unsigned>((static_cast<unsigned long long>(high) << 32 | low) >> (shift & 31));
}

/** Kernels are called as cuLaunchKernel does: with addresses of their parameters. */
typedef void (*Call)(void** arguments);

template <typename... A, size_t... I>
inline void invoke(void (*kernel)(A...), void** arguments, std::index_sequence<I...>) {
  kernel(*static_cast<A*>(arguments[I])...);
}
template <typename... A>
inline void invoke(void (*kernel)(A...), void** arguments) {
  invoke(kernel, arguments, std::index_sequence_for<A...>());
}

struct Named {
  const char* name;
  Call call;
};
extern const Named KERNELS[];
extern const int KERNEL_COUNT;
