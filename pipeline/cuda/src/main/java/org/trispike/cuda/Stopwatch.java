package org.trispike.cuda;

import static org.bytedeco.cuda.global.cudart.CU_EVENT_DEFAULT;
import static org.bytedeco.cuda.global.cudart.cuEventCreate;
import static org.bytedeco.cuda.global.cudart.cuEventDestroy;
import static org.bytedeco.cuda.global.cudart.cuEventElapsedTime;
import static org.bytedeco.cuda.global.cudart.cuEventRecord;
import static org.bytedeco.cuda.global.cudart.cuEventSynchronize;

import org.bytedeco.cuda.cudart.CUevent_st;
import org.bytedeco.cuda.cudart.CUstream_st;

/** Times what is queued, by events of the device. */
final class Stopwatch {
  private static final int COLD = 3;

  private Stopwatch() {}

  /** Seconds of each run, after some that are not counted. */
  static double[] seconds(int runs, CUstream_st stream, Runnable queue) {
    CUevent_st begin = new CUevent_st();
    CUevent_st end = new CUevent_st();
    Driver.check(cuEventCreate(begin, CU_EVENT_DEFAULT), "cuEventCreate");
    Driver.check(cuEventCreate(end, CU_EVENT_DEFAULT), "cuEventCreate");
    try {
      double[] seconds = new double[runs];
      for (int run = -COLD; run < runs; run++) {
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
}
