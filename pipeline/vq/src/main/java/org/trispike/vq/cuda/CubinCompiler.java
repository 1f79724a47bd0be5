package org.trispike.vq.cuda;

import org.trispike.vq.plan.Architecture;

/** Makes machine code of a kernel's text. Needs no device. */
public interface CubinCompiler {

  /** Throws {@link IllegalStateException} with the compiler's log if the text is wrong. */
  Cubin compile(CudaKernel kernel, Architecture gpu);

  /** Which compiler, of which version, with which options: what decides about the result. */
  String identity();
}
