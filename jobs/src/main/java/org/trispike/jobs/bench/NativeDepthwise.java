package org.trispike.jobs.bench;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.trispike.kernels.Window2d;

/** Depthwise convolution as ND4J's native operations have it, channels last, of one image. */
final class NativeDepthwise {
  private final DynamicCustomOp forward;
  private final DynamicCustomOp backward;

  NativeDepthwise(Window2d window, float[] x, float[] w, float[] dy) {
    int channels = w.length / window.offsets();
    INDArray in = Nd4j.create(x, new long[] {1, window.height(), window.width(), channels}, 'c');
    INDArray weights =
        Nd4j.create(w, new long[] {window.kernel(), window.kernel(), channels, 1}, 'c');
    long[] shape = {1, window.outHeight(), window.outWidth(), channels};
    INDArray gradient = Nd4j.create(dy, shape, 'c');
    int k = window.kernel();
    int s = window.stride();
    int p = window.padding();
    // Kernel, stride, padding, dilation; explicit padding; channels last.
    int[] arguments = {k, k, s, s, p, p, 1, 1, 0, 1};
    forward =
        DynamicCustomOp.builder("depthwise_conv2d")
            .addInputs(in, weights)
            .addOutputs(Nd4j.createUninitialized(shape))
            .addIntegerArguments(arguments)
            .build();
    backward =
        DynamicCustomOp.builder("depthwise_conv2d_bp")
            .addInputs(in, weights, gradient)
            .addOutputs(in.ulike(), weights.ulike())
            .addIntegerArguments(arguments)
            .build();
  }

  void forward() {
    Nd4j.exec(forward);
  }

  /** [outputs, channels] of {@link #forward}. */
  float[] result() {
    return forward.getOutputArgument(0).data().asFloat();
  }

  void backward() {
    Nd4j.exec(backward);
  }
}
