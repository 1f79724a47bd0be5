package org.trispike.datasets.teacher.onnx;

/** What the towers run on. */
public enum Execution {
  CPU,
  /** The first GPU that the process sees; what CUDA cannot do runs on the CPU. */
  CUDA
}
