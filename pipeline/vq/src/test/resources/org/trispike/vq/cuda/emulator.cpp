// Executes kernels on the CPU, a block after the other, each thread of it a fiber.
//
// The kernels' file is compiled with -fsanitize=thread, which makes the compiler announce each
// access of memory; it is not linked with that sanitizer, but with the functions below. So each
// access is checked: it lies within a buffer, and it does not race. Two accesses of which one writes
// race if they are of different threads, unless __syncthreads() or, within a warp, __syncwarp()
// stands between them; of different blocks of one launch they always do. Order of execution has no
// part in that: a barrier that lacks is found even where this run happens to be right.
//
// Usage: emulator JOB RESULT; see Emulation.java for the files.
#include "emulated.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <memory>
#include <string>
#include <ucontext.h>
#include <vector>

Index threadIdx, blockIdx, gridDim;
alignas(16) unsigned char emulatedShared[228 << 10] asm("emulatedShared");

namespace {
constexpr int LANES = 32;
constexpr int STACK = 256 << 10;
constexpr int REDZONE = 256;
constexpr int GRANULE = 2;
constexpr int NOBODY = -1;
constexpr int MANY = -2;

[[noreturn]] void fail(const char* format, long a = 0, long b = 0, long c = 0) {
  fprintf(stderr, format, a, b, c);
  fprintf(
      stderr, " (block %u %u %u, thread %u)\n", blockIdx.x, blockIdx.y, blockIdx.z, threadIdx.x);
  exit(3);
}

// Memory ------------------------------------------------------------------------------------------

/** Who touched a place last, or that several did. Epochs count the barriers before. */
struct Access {
  int block = NOBODY;
  int thread = NOBODY;
  int warp = NOBODY;
  int epoch = 0;
  int warpEpoch = 0;
};

struct Shadow {
  Access write;
  Access read;
};

struct Buffer {
  size_t at;
  size_t bytes;
};

std::vector<unsigned char> arena;
std::vector<Buffer> buffers;
std::vector<Shadow> globalShadows, sharedShadows;
size_t sharedBytes;

// Threads -----------------------------------------------------------------------------------------

struct Fiber {
  ucontext_t context;   // for its start; later switches take jumps, which ask no kernel
  jmp_buf place;
  bool started = false;
  std::unique_ptr<char[]> stack = std::unique_ptr<char[]>(new char[STACK]);   // not touched yet
  bool running = false;
  int epoch = 0;
  int warpEpoch = 0;
  int collectives = 0;   // of the warp, that this lane has come to
};

struct Warp {
  int arrived = 0;
  int passed = 0;   // collectives that are over
  char kind = 0;
  unsigned words[2][LANES][10];
};

ucontext_t base;
jmp_buf scheduler;
std::vector<Fiber> fibers;
std::vector<Warp> warps;
int current = NOBODY;   // the fiber that runs
int blockNumber, alive, waiting, barriers;
long progress;
Call kernel;
void** kernelArguments;

void pause() {
  Index mine = threadIdx;
  if (_setjmp(fibers[current].place) == 0) _longjmp(scheduler, 1);
  threadIdx = mine;
}

void body() {
  kernel(kernelArguments);
  fibers[current].running = false;
  alive--;
  progress++;
  if (waiting > 0 && waiting == alive) fail("A thread ended where others wait at __syncthreads");
  _longjmp(scheduler, 1);
}

void resume(Fiber& fiber) {
  if (_setjmp(scheduler) != 0) return;
  if (fiber.started) _longjmp(fiber.place, 1);
  fiber.started = true;
  setcontext(&fiber.context);
}

/** All lanes meet, having left words; returns those of all. Two sets, for lanes that run ahead. */
unsigned (*meet(char kind, const unsigned* words, int count))[10] {
  Fiber& fiber = fibers[current];
  Warp& warp = warps[current / LANES];
  int phase = fiber.collectives++;
  if (warp.arrived > 0 && warp.kind != kind) fail("Lanes of a warp meet at different places");
  warp.kind = kind;
  for (int i = 0; i < count; i++) warp.words[phase % 2][current % LANES][i] = words[i];
  progress++;
  if (++warp.arrived == LANES) {
    warp.arrived = 0;
    warp.passed++;
  }
  while (warp.passed <= phase) pause();
  return warp.words[phase % 2];
}

// Races -------------------------------------------------------------------------------------------

bool races(const Access& other) {
  const Fiber& me = fibers[current];
  if (other.block == NOBODY) return false;
  if (other.block != blockNumber) return true;
  if (other.thread == current || other.epoch < me.epoch) return false;
  return other.warp != current / LANES || other.warpEpoch >= me.warpEpoch;
}

void remember(Access& access, bool merge) {
  const Fiber& me = fibers[current];
  bool fresh = !merge || access.block == NOBODY || (access.block == blockNumber && access.epoch < me.epoch);
  if (fresh) {
    access = {blockNumber, current, current / LANES, me.epoch, me.warpEpoch};
    return;
  }
  if (access.block != blockNumber) access.block = MANY;
  if (access.thread != current) access.thread = MANY;
  if (access.warp != current / LANES) access.warp = MANY;
  if (me.warpEpoch > access.warpEpoch) access.warpEpoch = me.warpEpoch;
}

void check(std::vector<Shadow>& shadows, size_t from, size_t bytes, bool write, const char* where) {
  for (size_t i = from / GRANULE; i <= (from + bytes - 1) / GRANULE; i++) {
    Shadow& shadow = shadows[i];
    if (races(shadow.write) || (write && races(shadow.read))) {
      fprintf(stderr, "Race in %s memory at byte %ld: ", where, static_cast<long>(i * GRANULE));
      fail("%ld's and this thread's", shadow.write.thread == NOBODY ? shadow.read.thread : shadow.write.thread);
    }
    remember(write ? shadow.write : shadow.read, !write);
  }
}

void touched(const void* address, size_t bytes, bool write) {
  if (current == NOBODY) return;
  const unsigned char* at = static_cast<const unsigned char*>(address);
  if (at >= emulatedShared && at < emulatedShared + sizeof emulatedShared) {
    size_t from = at - emulatedShared;
    if (from + bytes > sharedBytes) fail("Byte %ld of %ld of shared memory", from, sharedBytes);
    if (from % bytes != 0) fail("Byte %ld of shared memory is not aligned to %ld", from, bytes);
    check(sharedShadows, from, bytes, write, "shared");
  } else if (at >= arena.data() && at < arena.data() + arena.size()) {
    size_t from = at - arena.data();
    for (const Buffer& buffer : buffers) {
      if (from >= buffer.at && from + bytes <= buffer.at + buffer.bytes) {
        if (from % bytes != 0) fail("Byte %ld of a buffer is not aligned to %ld", from, bytes);
        check(globalShadows, from, bytes, write, "global");
        return;
      }
    }
    fail("Byte %ld is in no buffer", from);
  }
}

// Launches ----------------------------------------------------------------------------------------

void runBlock(int threads) {
  memset(emulatedShared, 0xff, sharedBytes);   // numbers that are none
  sharedShadows.assign(sharedBytes / GRANULE, Shadow());
  warps.assign(threads / LANES, Warp());
  alive = threads;
  waiting = barriers = 0;
  for (int i = 0; i < threads; i++) {
    Fiber& fiber = fibers[i];
    fiber.running = true;
    fiber.started = false;
    fiber.epoch = fiber.warpEpoch = fiber.collectives = 0;
    getcontext(&fiber.context);
    fiber.context.uc_stack.ss_sp = fiber.stack.get();
    fiber.context.uc_stack.ss_size = STACK;
    fiber.context.uc_link = &base;
    makecontext(&fiber.context, body, 0);
  }
  while (alive > 0) {
    long before = progress;
    for (int i = 0; i < threads; i++) {
      if (fibers[i].running) {
        current = i;
        threadIdx = {static_cast<unsigned>(i), 0, 0};
        resume(fibers[i]);
        current = NOBODY;
      }
    }
    if (alive > 0 && progress == before) fail("All threads wait, at different barriers");
  }
}

struct File {
  FILE* file;
  explicit File(const char* name, const char* mode) : file(fopen(name, mode)) {
    if (file == nullptr) fail("A file cannot be opened");
  }
  ~File() { fclose(file); }
  void read(void* to, size_t bytes) {
    if (fread(to, 1, bytes, file) != bytes) fail("The job ends early");
  }
  int integer() {
    int value;
    read(&value, sizeof value);
    return value;
  }
};

Call find(const std::string& name) {
  for (int i = 0; i < KERNEL_COUNT; i++) {
    if (name == KERNELS[i].name) return KERNELS[i].call;
  }
  fail("There is no such kernel");
}

void launch(File& job) {
  std::string name(job.integer(), ' ');
  job.read(&name[0], name.size());
  kernel = find(name);
  gridDim = {unsigned(job.integer()), unsigned(job.integer()), unsigned(job.integer())};
  int threads = job.integer();
  sharedBytes = job.integer();
  int count = job.integer();
  std::vector<void*> pointers(count);
  std::vector<int> numbers(count);
  std::vector<void*> arguments(count);
  for (int i = 0; i < count; i++) {
    bool buffer = job.integer() != 0;
    numbers[i] = job.integer();
    pointers[i] = buffer ? arena.data() + buffers[numbers[i]].at : nullptr;
    arguments[i] = buffer ? static_cast<void*>(&pointers[i]) : static_cast<void*>(&numbers[i]);
  }
  kernelArguments = arguments.data();
  globalShadows.assign(arena.size() / GRANULE + 1, Shadow());
  if (threads > static_cast<int>(fibers.size())) fibers.resize(threads);
  blockNumber = 0;
  for (unsigned z = 0; z < gridDim.z; z++) {
    for (unsigned y = 0; y < gridDim.y; y++) {
      for (unsigned x = 0; x < gridDim.x; x++) {
        blockIdx = {x, y, z};
        runBlock(threads);
        blockNumber++;
      }
    }
  }
}
}  // namespace

int main(int, char** names) {
  File job(names[1], "rb");
  int count = job.integer();
  for (int i = 0; i < count; i++) {
    size_t bytes = job.integer();
    size_t at = (arena.size() + REDZONE + 255) / 256 * 256;
    arena.resize(at + bytes + REDZONE);
    buffers.push_back({at, bytes});
    job.read(arena.data() + at, bytes);
  }
  // Where vectors' places are aligned, those of the arena have to be.
  std::vector<unsigned char> copy(arena.size() + 256);
  size_t shift = 256 - reinterpret_cast<size_t>(copy.data()) % 256;
  memcpy(copy.data() + shift, arena.data(), arena.size());
  for (Buffer& buffer : buffers) buffer.at += shift;
  arena.swap(copy);
  int launches = job.integer();
  for (int i = 0; i < launches; i++) launch(job);
  File result(names[2], "wb");
  for (const Buffer& buffer : buffers) fwrite(arena.data() + buffer.at, 1, buffer.bytes, result.file);
  return 0;
}

// What kernels call -------------------------------------------------------------------------------

void __syncthreads() {
  int next = barriers + 1;
  fibers[current].epoch++;
  progress++;
  if (++waiting == alive) {
    if (alive != static_cast<int>(warps.size()) * LANES) {
      fail("%ld threads come to __syncthreads, %ld have ended", alive, warps.size() * LANES - alive);
    }
    waiting = 0;
    barriers++;
  }
  while (barriers < next) pause();
}

void __syncwarp() {
  fibers[current].warpEpoch++;
  meet('w', nullptr, 0);
}

unsigned shuffle(unsigned value, int mask) {
  return meet('s', &value, 1)[current % LANES ^ mask][0];
}

/** The layouts are those of the PTX manual, of mma.m16n8k16 with .f16. */
void mma(float (&c)[4], const Pair (&a)[4], const Pair (&b)[2]) {
  unsigned mine[6] = {a[0], a[1], a[2], a[3], b[0], b[1]};
  unsigned (*words)[10] = meet('m', mine, 6);
  int lane = current % LANES;
  for (int i = 0; i < 4; i++) {
    int row = lane / 4 + i / 2 * 8;
    int column = lane % 4 * 2 + i % 2;
    double sum = c[i];
    for (int k = 0; k < 16; k++) {
      int half = k / 8;
      unsigned left = words[row % 8 * 4 + k % 8 / 2][half * 2 + row / 8];
      unsigned right = words[column * 4 + k % 8 / 2][4 + half];
      sum += static_cast<double>(toFloat(left >> k % 2 * 16)) * toFloat(right >> k % 2 * 16);
    }
    c[i] = static_cast<float>(sum);
  }
}

/** All 65,536 numbers of half precision: products on tensor cores convert very many. */
std::vector<float> tableOfHalves() {
  std::vector<float> table(1 << 16);
  for (int h = 0; h < 1 << 16; h++) {
    int exponent = h >> 10 & 31;
    int fraction = h & 1023;
    float magnitude = exponent == 31 ? (fraction ? NAN : INFINITY)
        : exponent == 0 ? ldexpf(fraction, -24) : ldexpf(1024 + fraction, exponent - 25);
    table[h] = h & 0x8000 ? -magnitude : magnitude;
  }
  return table;
}

const std::vector<float> HALVES = tableOfHalves();

float toFloat(Half h) { return HALVES[h]; }

Half toHalf(float f) {
  Half sign = signbit(f) ? 0x8000 : 0;
  f = fabsf(f);
  if (f != f) return 0x7fff;
  if (f >= 65520) return sign | 0x7c00;
  int exponent;
  frexpf(f, &exponent);
  if (f < ldexpf(1, -14)) exponent = -13;   // subnormal numbers have the least exponent's units
  return sign | static_cast<Half>(lrintf(ldexpf(f, 11 - exponent)) + ((exponent + 13) << 10));
}

Pair pairOf(float low, float high) { return toHalf(low) | static_cast<Pair>(toHalf(high)) << 16; }
Pair addPairs(Pair a, Pair b) {
  return pairOf(toFloat(a) + toFloat(b), toFloat(a >> 16) + toFloat(b >> 16));
}
Pair subtractPairs(Pair a, Pair b) {
  return pairOf(toFloat(a) - toFloat(b), toFloat(a >> 16) - toFloat(b >> 16));
}
Pair multiplyPairs(Pair a, Pair b) {
  return pairOf(toFloat(a) * toFloat(b), toFloat(a >> 16) * toFloat(b >> 16));
}

// What the compiler announces ---------------------------------------------------------------------

extern "C" {
void __tsan_init() {}
void __tsan_func_entry(void*) {}
void __tsan_func_exit() {}
#define ANNOUNCED(n) \
  void __tsan_read##n(void* p) { touched(p, n, false); } \
  void __tsan_write##n(void* p) { touched(p, n, true); }
ANNOUNCED(1)
ANNOUNCED(2)
ANNOUNCED(4)
ANNOUNCED(8)
ANNOUNCED(16)
void __tsan_read_range(void* p, unsigned long n) { touched(p, n, false); }
void __tsan_write_range(void* p, unsigned long n) { touched(p, n, true); }
}
