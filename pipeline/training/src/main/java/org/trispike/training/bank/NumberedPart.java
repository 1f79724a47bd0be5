package org.trispike.training.bank;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.bank.BankPart;

/** A part and its place among the others. */
record NumberedPart(int number, BankPart part) implements Serializable {

  /**
   * Those of some rows of the bank that lie in this part, in their order.
   *
   * @param numbers of rows in the bank
   * @param matrix the rows of this part, [n, columns]
   */
  List<float[]> drawn(long[] numbers, FloatArray matrix) {
    int columns = matrix.shape()[1];
    List<float[]> drawn = new ArrayList<>();
    for (long row : numbers) {
      if (row / BankPart.ROWS == number) {
        int from = (int) (row % BankPart.ROWS) * columns;
        drawn.add(Arrays.copyOfRange(matrix.data(), from, from + columns));
      }
    }
    return drawn;
  }
}
