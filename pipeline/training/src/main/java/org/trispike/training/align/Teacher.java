package org.trispike.training.align;

import java.util.Arrays;

/**
 * The teacher's own vectors behind one term of the loss, of any length.
 *
 * @param vectors [columns, width]: of the samples first, then of the bank
 * @param samples of the batch
 */
@SuppressWarnings("ArrayRecordComponent") // made, read and dropped within one step
record Teacher(double[] vectors, int samples, int width) {

  /** Samples and rows of the bank. */
  int columns() {
    return vectors.length / width;
  }

  /** Two texts, or images, are the same if the teacher says the same of them. */
  boolean same(int i, int j) {
    int a = i * width;
    int b = j * width;
    return Arrays.equals(vectors, a, a + width, vectors, b, b + width);
  }

  /** [samples, columns] cosines. */
  double[] cosines() {
    double[] unit =
        Matrices.normalized(vectors, Matrices.lengths(vectors, columns(), width), width);
    return Matrices.timesTransposed(unit, unit, samples, columns(), width);
  }
}
