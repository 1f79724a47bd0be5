package org.trispike.cuda;

import static org.bytedeco.cuda.global.cudart.CUDA_SUCCESS;
import static org.bytedeco.cuda.global.cudart.cuGetErrorName;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/** Every return code of the driver is looked at. */
final class Driver {
  private Driver() {}

  static void check(int result, String call) {
    if (result != CUDA_SUCCESS) {
      throw new IllegalStateException(call + ": " + name(result));
    }
  }

  private static String name(int result) {
    PointerPointer<BytePointer> name = new PointerPointer<>(1);
    return cuGetErrorName(result, name) == CUDA_SUCCESS
        ? name.get(BytePointer.class).getString()
        : "error " + result;
  }
}
