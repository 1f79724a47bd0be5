package org.trispike.cuda;

import static org.bytedeco.cuda.global.cublas.CUBLAS_COMPUTE_32F;
import static org.bytedeco.cuda.global.cublas.CUBLAS_GEMM_DEFAULT;
import static org.bytedeco.cuda.global.cublas.CUBLAS_OP_N;
import static org.bytedeco.cuda.global.cublas.CUBLAS_OP_T;
import static org.bytedeco.cuda.global.cublas.CUBLAS_STATUS_SUCCESS;
import static org.bytedeco.cuda.global.cublas.cublasCreate_v2;
import static org.bytedeco.cuda.global.cublas.cublasDestroy_v2;
import static org.bytedeco.cuda.global.cublas.cublasGemmEx;
import static org.bytedeco.cuda.global.cublas.cublasSetStream_v2;
import static org.bytedeco.cuda.global.cudart.CUDA_R_16F;
import static org.bytedeco.cuda.global.cudart.cuStreamSynchronize;

import org.bytedeco.cuda.cublas.cublasContext;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.trispike.vq.cuda.Gpu;

/** y = x Wᵀ of half precision, summed in single: what codes have to beat. */
final class CublasProduct implements Gpu.Loaded {
  private final int rows;
  private final int columns;
  private final int batch;
  private final DeviceMemory weights;
  private final DeviceMemory input;
  private final DeviceMemory output;
  private final CUstream_st stream;
  private final Stopwatch stopwatch;
  private final cublasContext handle = new cublasContext();
  private final FloatPointer one = new FloatPointer(1f);
  private final FloatPointer zero = new FloatPointer(0f);

  /** Throws {@link LinkageError} where cuBLAS is not installed. */
  CublasProduct(
      int rows,
      int columns,
      int batch,
      byte[] weights,
      byte[] input,
      CUstream_st stream,
      Stopwatch stopwatch) {
    check(cublasCreate_v2(handle), "cublasCreate");
    check(cublasSetStream_v2(handle, stream), "cublasSetStream");
    this.rows = rows;
    this.columns = columns;
    this.batch = batch;
    this.stream = stream;
    this.stopwatch = stopwatch;
    this.weights = DeviceMemory.of(weights);
    this.input = DeviceMemory.of(input);
    this.output = new DeviceMemory((long) Short.BYTES * rows * batch);
  }

  /** cuBLAS counts columns first: yᵀ [rows, batch] = W [rows, columns] xᵀ. */
  private void queue() {
    check(
        cublasGemmEx(
            handle,
            CUBLAS_OP_T,
            CUBLAS_OP_N,
            rows,
            batch,
            columns,
            one,
            at(weights),
            CUDA_R_16F,
            columns,
            at(input),
            CUDA_R_16F,
            columns,
            zero,
            at(output),
            CUDA_R_16F,
            rows,
            CUBLAS_COMPUTE_32F,
            CUBLAS_GEMM_DEFAULT),
        "cublasGemmEx");
  }

  private static Pointer at(DeviceMemory memory) {
    return new Pointer() {
      {
        address = memory.address;
      }
    };
  }

  @Override
  public byte[] output() {
    queue();
    Driver.check(cuStreamSynchronize(stream), "cuStreamSynchronize");
    return output.read();
  }

  @Override
  public double[] seconds(int runs) {
    return stopwatch.seconds(runs, this::queue);
  }

  private static void check(int result, String call) {
    if (result != CUBLAS_STATUS_SUCCESS) {
      throw new IllegalStateException(call + ": status " + result);
    }
  }

  @Override
  public void close() {
    check(cublasDestroy_v2(handle), "cublasDestroy");
    weights.close();
    input.close();
    output.close();
  }
}
