// What kernels ask of the device beyond plain C++, as PTX, so that no header is needed.
// Half precision travels as bits: Half is one number, Pair two in a register.

typedef unsigned short Half;
typedef unsigned int Pair;

__device__ inline float toFloat(Half h) {
  float f;
  asm("cvt.f32.f16 %0, %1;" : "=f"(f) : "h"(h));
  return f;
}

__device__ inline Half toHalf(float f) {
  Half h;
  asm("cvt.rn.f16.f32 %0, %1;" : "=h"(h) : "f"(f));
  return h;
}

__device__ inline Pair addPairs(Pair a, Pair b) {
  Pair sum;
  asm("add.rn.f16x2 %0, %1, %2;" : "=r"(sum) : "r"(a), "r"(b));
  return sum;
}

__device__ inline Pair subtractPairs(Pair a, Pair b) {
  Pair difference;
  asm("sub.rn.f16x2 %0, %1, %2;" : "=r"(difference) : "r"(a), "r"(b));
  return difference;
}

__device__ inline Pair multiplyPairs(Pair a, Pair b) {
  Pair product;
  asm("mul.rn.f16x2 %0, %1, %2;" : "=r"(product) : "r"(a), "r"(b));
  return product;
}

/** c[16, 8] += a[16, 16] b[16, 8] on the tensor cores, spread over a warp as PTX has it. */
__device__ inline void mma(float (&c)[4], const Pair (&a)[4], const Pair (&b)[2]) {
  asm volatile(
      "mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 "
      "{%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"
      : "+f"(c[0]), "+f"(c[1]), "+f"(c[2]), "+f"(c[3])
      : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
}
