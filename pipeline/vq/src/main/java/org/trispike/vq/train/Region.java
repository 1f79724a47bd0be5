package org.trispike.vq.train;

import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.CodebookScope;
import org.trispike.vq.VqConfig;

/**
 * The vectors of a matrix that share one codebook, counted row after row.
 *
 * @param firstRow of its rows
 * @param rows how many
 * @param firstGroup of the vectors of a row
 * @param groups how many
 */
record Region(int firstRow, int rows, int firstGroup, int groups) {

  static Region of(VqConfig config, int rows, int columns, int codebook) {
    CodebookScope scope = config.scope();
    int across = scope.across(columns);
    int firstRow = codebook / across * Math.min(scope.rows(), rows);
    int allGroups = config.groups(columns);
    int width = Math.min(scope.columns() / config.vectorLength(), allGroups);
    int firstGroup = codebook % across * width;
    return new Region(
        firstRow,
        Math.min(scope.rows(), rows - firstRow),
        firstGroup,
        Math.min(width, allGroups - firstGroup));
  }

  long count() {
    return (long) rows * groups;
  }

  int row(long vector) {
    return firstRow + (int) (vector / groups);
  }

  int group(long vector) {
    return firstGroup + (int) (vector % groups);
  }

  /** The vectors of these numbers; what lies beyond the last column is 0 and does not count. */
  Points points(FloatArray matrix, int length, long[] vectors, Importance importance) {
    int columns = matrix.shape()[1];
    boolean weighted = importance != null || (firstGroup + groups) * length > columns;
    float[] values = new float[vectors.length * length];
    float[] weights = weighted ? new float[values.length] : null;
    for (int i = 0; i < vectors.length; i++) {
      int row = row(vectors[i]);
      int column = group(vectors[i]) * length;
      int present = Math.min(length, columns - column);
      System.arraycopy(matrix.data(), row * columns + column, values, i * length, present);
      for (int d = 0; weighted && d < present; d++) {
        weights[i * length + d] = importance == null ? 1f : importance.of(row, column + d);
      }
    }
    return new Points(length, values, weights);
  }
}
