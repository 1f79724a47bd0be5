package org.trispike.datasets.row;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.trispike.kernels.io.Half;

/** How vectors lie in a shard: little-endian, row after row, in one binary value. */
public enum Precision {
  /** IEEE half precision, rounded to nearest even: a unit vector keeps 3 to 4 digits. */
  FLOAT16(2),
  FLOAT32(4);

  private final int bytes;

  Precision(int bytes) {
    this.bytes = bytes;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Precision of(String word) {
    for (Precision precision : values()) {
      if (precision.word().equals(word)) {
        return precision;
      }
    }
    throw new IllegalArgumentException("Unknown precision " + word);
  }

  byte[] pack(List<float[]> vectors, int dimension) {
    ByteBuffer out =
        ByteBuffer.allocate(vectors.size() * dimension * bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] vector : vectors) {
      if (vector.length != dimension) {
        throw new IllegalArgumentException(
            "A vector has " + vector.length + " numbers, its teacher has " + dimension);
      }
      for (float value : vector) {
        if (this == FLOAT16) {
          out.putShort(Half.of(value));
        } else {
          out.putFloat(value);
        }
      }
    }
    return out.array();
  }

  List<float[]> unpack(byte[] packed, int dimension) {
    int row = dimension * bytes;
    if (packed.length % row != 0) {
      throw new IllegalArgumentException(
          "Vectors are " + packed.length + " bytes, no multiple of " + row);
    }
    ByteBuffer in = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
    List<float[]> vectors = new ArrayList<>(packed.length / row);
    while (in.hasRemaining()) {
      float[] vector = new float[dimension];
      for (int i = 0; i < dimension; i++) {
        vector[i] = this == FLOAT16 ? Half.toFloat(in.getShort()) : in.getFloat();
      }
      vectors.add(vector);
    }
    return vectors;
  }
}
