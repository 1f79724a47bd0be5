package org.trispike.cuda;

import static org.bytedeco.cuda.global.nvrtc.NVRTC_SUCCESS;
import static org.bytedeco.cuda.global.nvrtc.nvrtcCompileProgram;
import static org.bytedeco.cuda.global.nvrtc.nvrtcCreateProgram;
import static org.bytedeco.cuda.global.nvrtc.nvrtcDestroyProgram;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetCUBIN;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetCUBINSize;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetErrorString;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetProgramLog;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetProgramLogSize;
import static org.bytedeco.cuda.global.nvrtc.nvrtcVersion;

import org.bytedeco.cuda.nvrtc._nvrtcProgram;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.SizeTPointer;
import org.trispike.vq.cuda.Cubin;
import org.trispike.vq.cuda.CubinCompiler;
import org.trispike.vq.cuda.CudaKernel;
import org.trispike.vq.cuda.KernelResources;
import org.trispike.vq.plan.Architecture;

/** NVIDIA's run-time compiler. An architecture sm_NN, not compute_NN, has it make machine code. */
final class Nvrtc implements CubinCompiler {
  private static final String[] OPTIONS = {
    "--std=c++17", "--ptxas-options=-v", "--diag-suppress=177"
  };

  private final String version;

  private Nvrtc(String version) {
    this.version = version;
  }

  static Nvrtc load() {
    Natives.prepare();
    int[] major = new int[1];
    int[] minor = new int[1];
    check(nvrtcVersion(major, minor), "nvrtcVersion");
    return new Nvrtc(major[0] + "." + minor[0]);
  }

  @Override
  public String identity() {
    return "NVRTC " + version + " " + String.join(" ", OPTIONS);
  }

  @Override
  public Cubin compile(CudaKernel kernel, Architecture gpu) {
    try (PointerScope scope = new PointerScope()) {
      _nvrtcProgram program = new _nvrtcProgram();
      check(
          nvrtcCreateProgram(
              program,
              new BytePointer(kernel.source()),
              new BytePointer(kernel.name() + ".cu"),
              0,
              new PointerPointer<>(),
              new PointerPointer<>()),
          "nvrtcCreateProgram");
      try {
        return compile(program, kernel, gpu);
      } finally {
        nvrtcDestroyProgram(program);
      }
    }
  }

  private static Cubin compile(_nvrtcProgram program, CudaKernel kernel, Architecture gpu) {
    PointerPointer<BytePointer> options = new PointerPointer<>(OPTIONS.length + 1);
    for (int i = 0; i < OPTIONS.length; i++) {
      options.put(i, new BytePointer(OPTIONS[i]));
    }
    options.put(OPTIONS.length, new BytePointer("--gpu-architecture=" + gpu.name()));
    int result = nvrtcCompileProgram(program, OPTIONS.length + 1, options);
    String log = log(program);
    if (result != NVRTC_SUCCESS) {
      throw new IllegalStateException(
          kernel.name() + " does not compile for " + gpu.name() + ":\n" + log);
    }
    SizeTPointer size = new SizeTPointer(1);
    check(nvrtcGetCUBINSize(program, size), "nvrtcGetCUBINSize");
    byte[] image = new byte[Math.toIntExact(size.get())];
    BytePointer bytes = new BytePointer(image.length);
    check(nvrtcGetCUBIN(program, bytes), "nvrtcGetCUBIN");
    bytes.get(image);
    return new Cubin(image, KernelResources.parse(log));
  }

  private static String log(_nvrtcProgram program) {
    SizeTPointer size = new SizeTPointer(1);
    check(nvrtcGetProgramLogSize(program, size), "nvrtcGetProgramLogSize");
    BytePointer log = new BytePointer(size.get());
    check(nvrtcGetProgramLog(program, log), "nvrtcGetProgramLog");
    return log.getString();
  }

  private static void check(int result, String call) {
    if (result != NVRTC_SUCCESS) {
      throw new IllegalStateException(call + ": " + nvrtcGetErrorString(result).getString());
    }
  }
}
