package org.trispike.datasets.source;

import java.util.ArrayList;
import java.util.List;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.NpyArray;

/** Vectors in NumPy's .npy format: [n, d], or [d] for one. */
public final class NpyMatrix {
  private NpyMatrix() {}

  /**
   * The rows of the matrix.
   *
   * @throws IllegalArgumentException that says what is wrong with the bytes
   */
  public static List<float[]> read(byte[] bytes) {
    NpyArray array;
    try {
      array = NpyArray.read("vectors", bytes);
    } catch (CorruptInputException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    boolean one = array.dimensions() == 1;
    if (!one && array.dimensions() != 2) {
      throw new IllegalArgumentException("It is no vector and no matrix");
    }
    int rows = one ? 1 : array.extent(0);
    int columns = array.extent(one ? 0 : 1);
    if (columns == 0) {
      throw new IllegalArgumentException("Its rows are empty");
    }
    List<float[]> vectors = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      float[] vector = new float[columns];
      for (int c = 0; c < columns; c++) {
        vector[c] = one ? array.get(c) : array.get(r, c);
      }
      vectors.add(vector);
    }
    return vectors;
  }
}
