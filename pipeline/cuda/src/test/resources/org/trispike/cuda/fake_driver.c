// A CUDA driver without a device: memory is the process's own, launches are printed. It shows what
// the runner asks of a driver, and with which arguments; kernels do not run, but for the self-test.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef unsigned long long Address;

static long allocations;
static void* const CONTEXT = (void*)0x11;
static void* const STREAM = (void*)0x22;
enum { OK = 0, INVALID = 1, BAD_IMAGE = 200, BAD_CONTEXT = 201, BAD_HANDLE = 400, MISSING = 500 };

static int stream(void* s) { return s == STREAM ? OK : BAD_HANDLE; }

int cuInit(unsigned flags) { return getenv("FAKE_NO_DEVICE") ? 100 : flags; }
int cuDriverGetVersion(int* version) { *version = getenv("FAKE_OLD") ? 12080 : 13000; return OK; }
int cuGetExportTable(const void** table, const void* id) { *table = 0; return MISSING; }
int cuDeviceGet(int* device, int ordinal) { *device = 0; return ordinal; }
int cuDeviceGetName(char* name, int length, int device) {
  strncpy(name, "Fake GPU", length);
  return device;
}
int cuDeviceGetAttribute(int* value, int attribute, int device) {
  switch (attribute) {
    case 36: *value = 2619000; break;   // kHz of memory
    case 37: *value = 5120; break;      // bits of its bus
    case 75: *value = 9; break;         // compute capability
    case 76: *value = 0; break;
    default: return INVALID;
  }
  return device;
}
int cuDevicePrimaryCtxRetain(void** context, int device) { *context = CONTEXT; return device; }
int cuDevicePrimaryCtxRelease_v2(int device) {
  printf("%ld allocations are left\n", allocations);
  fflush(stdout);
  return device;
}
int cuCtxSetCurrent(void* context) { return context == CONTEXT ? OK : BAD_CONTEXT; }
/** One that does not block would not wait for the copies and fills of the null stream. */
int cuStreamCreate(void** s, unsigned flags) { *s = STREAM; return flags == 0 ? OK : INVALID; }
int cuStreamDestroy_v2(void* s) { return stream(s); }
int cuStreamSynchronize(void* s) { return stream(s); }
int cuMemAlloc_v2(Address* address, size_t bytes) {
  allocations++;
  *address = (Address)malloc(bytes);
  return OK;
}
int cuMemFree_v2(Address address) { allocations--; free((void*)address); return OK; }
int cuMemcpyHtoD_v2(Address to, const void* from, size_t bytes) {
  memcpy((void*)to, from, bytes);
  return OK;
}
int cuMemcpyDtoH_v2(void* to, Address from, size_t bytes) {
  memcpy(to, (void*)from, bytes);
  return OK;
}
int cuMemsetD8_v2(Address at, unsigned char byte, size_t bytes) {
  memset((void*)at, byte, bytes);
  return OK;
}
int cuMemsetD8Async(Address at, unsigned char byte, size_t bytes, void* s) { return stream(s); }
int cuModuleLoadData(void** module, const void* image) {
  *module = calloc(1, 64);
  return memcmp(image, "\177ELF", 4) ? BAD_IMAGE : OK;
}
int cuModuleUnload(void* module) { free(module); return OK; }
int cuModuleGetFunction(void** function, void* module, const char* name) {
  strncpy(module, name, 63);
  *function = module;
  return OK;
}
int cuFuncSetAttribute(void* function, int attribute, int value) {
  return attribute == 8 && value >= 0 ? OK : INVALID;   // dynamic shared memory
}
int cuEventCreate(void** event, unsigned flags) { *event = malloc(1); return flags; }
int cuEventDestroy_v2(void* event) { free(event); return OK; }
int cuEventRecord(void* event, void* s) { return stream(s); }
int cuEventSynchronize(void* event) { return OK; }
int cuEventElapsedTime(float* millis, void* a, void* b) { *millis = 0.125f; return OK; }
int cuEventElapsedTime_v2(float* millis, void* a, void* b) { *millis = 0.125f; return OK; }
int cuGetErrorName(int error, const char** name) { *name = "FAKE_ERROR"; return OK; }

/** Products become one, of half precision; the first numbers of all operands are printed. */
int cuLaunchKernel(
    void* function, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz,
    unsigned shared, void* s, void** arguments, void** extra) {
  if (extra != 0 || by != 1 || bz != 1 || stream(s) != OK) return INVALID;
  if (strcmp(function, "vq_self_test") == 0) {
    int* out = *(int**)arguments[0];
    int count = *(int*)arguments[1];
    for (int i = 0; i < count && !getenv("FAKE_WRITES_NOTHING"); i++) out[i] = 3 * i + 127 - i % 128;
    return OK;
  }
  unsigned short* x = *(unsigned short**)arguments[2];
  unsigned short* y = *(unsigned short**)arguments[3];
  int rows = *(int*)arguments[4];
  printf(
      "%s on %u %u %u of %u, %u bytes; codes %08x, x %04x, %d rows\n", (char*)function, gx, gy, gz,
      bx, shared, **(unsigned**)arguments[0], x[0], rows);
  fflush(stdout);
  for (int i = 0; i < rows; i++) y[i] = 0x3c00;
  return OK;
}
