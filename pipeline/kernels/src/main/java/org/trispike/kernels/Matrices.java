package org.trispike.kernels;

/**
 * Matrices of one size inside a tensor, such as the heads of an attention: matrix i begins {@code
 * step} elements behind matrix i − 1, and its rows are {@code stride} elements apart.
 *
 * @param first element of the tensor at which matrix 0 begins
 * @param count of the matrices
 */
public record Matrices(
    Tensor tensor, int first, int count, int step, int rows, int columns, int stride) {
  public Matrices {
    boolean empty = count == 0 || rows == 0 || columns == 0;
    if (first < 0
        || count < 0
        || step < 0
        || rows < 0
        || columns < 0
        || !empty && stride < columns) {
      throw new IllegalArgumentException(
          count + " matrices [" + rows + ", " + columns + "] with rows " + stride + " apart");
    }
    long end = empty ? 0 : first + (count - 1L) * step + (rows - 1L) * stride + columns;
    if (end > tensor.size()) {
      throw new IllegalArgumentException(
          count + " matrices [" + rows + ", " + columns + "] end beyond " + tensor);
    }
  }

  /** The matrices of a tensor [count, rows, columns]. */
  public static Matrices stacked(Tensor tensor) {
    int rows = tensor.extent(1);
    int columns = tensor.extent(2);
    return new Matrices(tensor, 0, tensor.extent(0), rows * columns, rows, columns, columns);
  }

  /** {@code count} blocks of {@code width} columns side by side, from {@code column} on. */
  public static Matrices columns(Tensor tensor, int column, int count, int width) {
    return new Matrices(tensor, column, count, width, tensor.rows(), width, tensor.columns());
  }

  /** Where matrix {@code i} begins in the tensor's storage. */
  public int at(int i) {
    return tensor.offset() + first + i * step;
  }
}
