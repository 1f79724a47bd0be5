package org.trispike.training.averaging;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Copies between ND4J's memory and Java's, whole arrays at a time. A view shares its parent's
 * pointer, so its offset is added here.
 */
public final class NdArrays {
  private NdArrays() {}

  /** The elements in row-major order. */
  public static float[] floats(INDArray array) {
    float[] values = new float[Math.toIntExact(array.length())];
    read(array, values);
    return values;
  }

  /** Fills {@code values} [array.length()] with the elements in row-major order. */
  public static void read(INDArray array, float[] values) {
    checkLength(array, values.length);
    if (values.length == 0) {
      return;
    }
    INDArray plain = plain(array);
    if (plain.dataType() == DataType.FLOAT) {
      FloatPointer pointer = new FloatPointer(pointer(plain));
      pointer.position(plain.offset()).get(values, 0, values.length);
    } else {
      double[] doubles = doubles(plain);
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) doubles[i];
      }
    }
  }

  /** The elements in row-major order. */
  public static double[] doubles(INDArray array) {
    INDArray plain = plain(array);
    double[] values = new double[Math.toIntExact(array.length())];
    if (values.length == 0) {
      return values;
    }
    if (plain.dataType() == DataType.DOUBLE) {
      DoublePointer pointer = new DoublePointer(pointer(plain));
      pointer.position(plain.offset()).get(values, 0, values.length);
      return values;
    }
    float[] floats = floats(plain);
    for (int i = 0; i < values.length; i++) {
      values[i] = floats[i];
    }
    return values;
  }

  /** Overwrites a row-major array or a contiguous view. */
  public static void write(float[] values, INDArray array) {
    checkLength(array, values.length);
    checkPlain(array);
    if (values.length == 0) {
      return;
    }
    if (array.dataType() == DataType.FLOAT) {
      new FloatPointer(pointer(array)).position(array.offset()).put(values, 0, values.length);
    } else {
      double[] doubles = new double[values.length];
      for (int i = 0; i < doubles.length; i++) {
        doubles[i] = values[i];
      }
      write(doubles, array);
    }
  }

  /** Overwrites a row-major array or a contiguous view. */
  public static void write(double[] values, INDArray array) {
    checkLength(array, values.length);
    checkPlain(array);
    if (values.length == 0) {
      return;
    }
    if (array.dataType() == DataType.DOUBLE) {
      new DoublePointer(pointer(array)).position(array.offset()).put(values, 0, values.length);
    } else {
      float[] floats = new float[values.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) values[i];
      }
      write(floats, array);
    }
  }

  private static Pointer pointer(INDArray array) {
    return array.data().pointer();
  }

  private static INDArray plain(INDArray array) {
    DataType type = array.dataType();
    INDArray real =
        type == DataType.FLOAT || type == DataType.DOUBLE ? array : array.castTo(DataType.FLOAT);
    return isPlain(real) ? real : real.dup('c');
  }

  private static void checkPlain(INDArray array) {
    if (!isPlain(array)) {
      throw new IllegalArgumentException(
          "An array of shape " + array.shapeInfoToString() + " is not row-major");
    }
  }

  /** Whether the elements lie one after the other in row-major order. */
  private static boolean isPlain(INDArray array) {
    long expected = 1;
    for (int d = array.rank() - 1; d >= 0; d--) {
      if (array.size(d) != 1 && array.stride(d) != expected) {
        return false;
      }
      expected *= array.size(d);
    }
    return true;
  }

  private static void checkLength(INDArray array, int length) {
    if (array.length() != length) {
      throw new IllegalArgumentException(
          "An array of " + array.length() + " elements does not take " + length);
    }
  }
}
