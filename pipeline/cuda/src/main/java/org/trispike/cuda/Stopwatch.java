package org.trispike.cuda;

import static org.bytedeco.cuda.global.cudart.CU_EVENT_DEFAULT;
import static org.bytedeco.cuda.global.cudart.cuEventCreate;
import static org.bytedeco.cuda.global.cudart.cuEventDestroy;
import static org.bytedeco.cuda.global.cudart.cuEventElapsedTime;
import static org.bytedeco.cuda.global.cudart.cuEventRecord;
import static org.bytedeco.cuda.global.cudart.cuEventSynchronize;
import static org.bytedeco.cuda.global.cudart.cuMemsetD8Async;

import org.bytedeco.cuda.cudart.CUevent_st;
import org.bytedeco.cuda.cudart.CUstream_st;

/**
 * Times what is queued, by events of the device. Before each run more is written than any second
 * cache holds, so that operands come from memory, as they do between the layers of a model.
 */
final class Stopwatch implements AutoCloseable {
  private static final int COLD = 3;
  private static final long FLUSHED = 256L << 20;

  private final CUstream_st stream;
  private final DeviceMemory flushed = new DeviceMemory(FLUSHED);

  Stopwatch(CUstream_st stream) {
    this.stream = stream;
  }

  /** Seconds of each run, after some that are not counted. */
  double[] seconds(int runs, Runnable queue) {
    CUevent_st begin = new CUevent_st();
    CUevent_st end = new CUevent_st();
    Driver.check(cuEventCreate(begin, CU_EVENT_DEFAULT), "cuEventCreate");
    Driver.check(cuEventCreate(end, CU_EVENT_DEFAULT), "cuEventCreate");
    try {
      double[] seconds = new double[runs];
      for (int run = -COLD; run < runs; run++) {
        Driver.check(
            cuMemsetD8Async(flushed.address, (byte) run, FLUSHED, stream), "cuMemsetD8Async");
        Driver.check(cuEventRecord(begin, stream), "cuEventRecord");
        queue.run();
        Driver.check(cuEventRecord(end, stream), "cuEventRecord");
        Driver.check(cuEventSynchronize(end), "cuEventSynchronize");
        float[] millis = new float[1];
        Driver.check(cuEventElapsedTime(millis, begin, end), "cuEventElapsedTime");
        seconds[Math.max(run, 0)] = millis[0] * 1e-3;
      }
      return seconds;
    } finally {
      Driver.check(cuEventDestroy(begin), "cuEventDestroy");
      Driver.check(cuEventDestroy(end), "cuEventDestroy");
    }
  }

  @Override
  public void close() {
    flushed.close();
  }
}
