package org.trispike.cuda;

import static org.bytedeco.cuda.global.cudart.cuMemAlloc;
import static org.bytedeco.cuda.global.cudart.cuMemFree;
import static org.bytedeco.cuda.global.cudart.cuMemcpyDtoH;
import static org.bytedeco.cuda.global.cudart.cuMemcpyHtoD;
import static org.bytedeco.cuda.global.cudart.cuMemsetD8;

import org.bytedeco.javacpp.BytePointer;

/** Bytes of the device. */
final class DeviceMemory implements AutoCloseable {
  final long address;
  final long bytes;

  /** Filled with bytes that no kernel takes for a number. */
  DeviceMemory(long bytes) {
    long[] pointer = new long[1];
    this.bytes = Math.max(1, bytes);
    Driver.check(cuMemAlloc(pointer, this.bytes), "cuMemAlloc of " + this.bytes + " bytes");
    this.address = pointer[0];
    Driver.check(cuMemsetD8(address, (byte) -1, this.bytes), "cuMemsetD8");
  }

  static DeviceMemory of(byte[] content) {
    DeviceMemory memory = new DeviceMemory(content.length);
    try (BytePointer host = new BytePointer(content)) {
      Driver.check(cuMemcpyHtoD(memory.address, host, content.length), "cuMemcpyHtoD");
    }
    return memory;
  }

  byte[] read() {
    byte[] content = new byte[Math.toIntExact(bytes)];
    try (BytePointer host = new BytePointer(content.length)) {
      Driver.check(cuMemcpyDtoH(host, address, content.length), "cuMemcpyDtoH");
      host.get(content);
    }
    return content;
  }

  @Override
  public void close() {
    Driver.check(cuMemFree(address), "cuMemFree");
  }
}
