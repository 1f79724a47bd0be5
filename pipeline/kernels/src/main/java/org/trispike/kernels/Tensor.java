package org.trispike.kernels;

import java.util.Arrays;

/**
 * A dense row-major array of floats: a shape, and where its elements lie in a {@link Storage}.
 *
 * <p>Most operations see a matrix: {@link #rows()} is the first dimension and {@link #columns()}
 * the product of the others. With T time steps the rows are T slabs of equal height, step-major.
 */
public final class Tensor {
  private final Storage storage;
  private final int offset;
  private final int[] shape;
  private final int size;

  /** A view of {@code storage} from element {@code offset} on. */
  public Tensor(Storage storage, int offset, int... shape) {
    long elements = 1;
    for (int extent : shape) {
      check(extent >= 0, "Extent %s of shape %s is negative", extent, Arrays.toString(shape));
      elements *= extent;
    }
    check(
        offset >= 0 && offset + elements <= storage.capacity(),
        "Shape %s at offset %s exceeds the storage's %s elements",
        Arrays.toString(shape),
        offset,
        storage.capacity());
    this.storage = storage;
    this.offset = offset;
    this.shape = shape.clone();
    this.size = (int) elements;
  }

  public Storage storage() {
    return storage;
  }

  /** Position of the first element in the storage. */
  public int offset() {
    return offset;
  }

  public int rank() {
    return shape.length;
  }

  public int extent(int dimension) {
    return shape[dimension];
  }

  public int[] shape() {
    return shape.clone();
  }

  public int size() {
    return size;
  }

  /** The first dimension; 1 for a scalar. */
  public int rows() {
    return shape.length == 0 ? 1 : shape[0];
  }

  /** The product of all dimensions but the first; 1 for a vector. */
  public int columns() {
    int columns = 1;
    for (int d = 1; d < shape.length; d++) {
      columns *= shape[d];
    }
    return columns;
  }

  /** Rows {@code first} to {@code first + count - 1}, sharing this tensor's storage. */
  public Tensor rows(int first, int count) {
    check(
        first >= 0 && count >= 0 && first + count <= rows(),
        "Rows %s..%s are outside 0..%s",
        first,
        first + count,
        rows());
    int[] part = shape.clone();
    part[0] = count;
    return new Tensor(storage, offset + first * columns(), part);
  }

  /** The {@code size} elements from {@code first} on, in another shape, sharing the storage. */
  public Tensor view(int first, int... newShape) {
    Tensor part = new Tensor(storage, offset + first, newShape);
    check(
        first >= 0 && first + part.size <= size,
        "View of shape %s at %s exceeds the tensor's %s elements",
        Arrays.toString(newShape),
        first,
        size);
    return part;
  }

  @Override
  public String toString() {
    return "Tensor" + Arrays.toString(shape);
  }

  private static void check(boolean ok, String message, Object... values) {
    if (!ok) {
      throw new IllegalArgumentException(String.format(java.util.Locale.ROOT, message, values));
    }
  }
}
