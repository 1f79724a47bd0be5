package org.trispike.vq.cuda;

import java.util.Optional;
import org.trispike.vq.plan.Architecture;

/** A device that programs run on. */
public interface Gpu extends AutoCloseable {

  /** As the driver calls it. */
  String name();

  /** The generation, of those that plans are made for. */
  Architecture architecture();

  /** What its memory could move, bytes a second. */
  double peakBandwidth();

  /** Compiles and loads a program, and copies its operands. */
  Loaded load(CudaProgram program, DeviceTensor tensor, byte[] input);

  /**
   * The product of cuBLAS with the weights as numbers of half precision, for comparison; empty
   * where that library is not installed.
   *
   * @param weights [rows, columns] of half precision
   * @param input [batch, columns] of half precision
   */
  Optional<Loaded> dense(int rows, int columns, int batch, byte[] weights, byte[] input);

  @Override
  void close();

  /** A program on the device. */
  interface Loaded extends AutoCloseable {

    /** Runs it once, and waits; what its OUTPUT then is. */
    byte[] output();

    /** Seconds of each of so many runs, by the device's own clock; cold ones come before. */
    double[] seconds(int runs);

    @Override
    void close();
  }
}
