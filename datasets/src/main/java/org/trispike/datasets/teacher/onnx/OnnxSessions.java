package org.trispike.datasets.teacher.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.file.Path;
import org.trispike.datasets.UserError;

/** Opens models so that a call computes on its caller's thread, and idle threads sleep. */
public final class OnnxSessions {
  private OnnxSessions() {}

  /** A model that runs on one thread of the CPU. */
  public static OrtSession open(byte[] model) throws OrtException {
    try (SessionOptions options = options(1, Execution.CPU)) {
      return OrtEnvironment.getEnvironment().createSession(model, options);
    }
  }

  /**
   * A model in a file, with its data beside it.
   *
   * @throws UserError if this machine cannot execute it so
   */
  static OrtSession open(Path model, int threads, Execution execution) throws OrtException {
    try (SessionOptions options = options(threads, execution)) {
      return OrtEnvironment.getEnvironment().createSession(model.toString(), options);
    }
  }

  /**
   * @throws UserError if the runtime was built without it
   */
  static void require(Execution execution) {
    if (execution == Execution.CUDA
        && !OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
      throw new UserError(
          UserError.Kind.ENVIRONMENT,
          "teacher.clip.execution = cuda, but this ONNX Runtime was built for CPUs alone. Nothing"
              + " was written. Put onnxruntime_gpu of the same version before it on the class"
              + " path, or set teacher.clip.execution = cpu");
    }
  }

  private static SessionOptions options(int threads, Execution execution) throws OrtException {
    SessionOptions options = new SessionOptions();
    options.setIntraOpNumThreads(threads);
    options.setInterOpNumThreads(1);
    options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    if (execution == Execution.CUDA) {
      cuda(options);
    }
    return options;
  }

  private static void cuda(SessionOptions options) {
    require(Execution.CUDA);
    try {
      options.addCUDA(0);
    } catch (OrtException e) {
      throw UserError.environment(
          "teacher.clip.execution = cuda, but CUDA cannot be used here: "
              + e.getMessage()
              + ". Set teacher.clip.execution = cpu, or give the process a GPU with CUDA and cuDNN",
          e);
    }
  }
}
