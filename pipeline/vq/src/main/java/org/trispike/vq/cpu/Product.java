package org.trispike.vq.cpu;

/** Checks sizes, prepares x, multiplies. */
final class Product implements MatrixVector {
  private final int rows;
  private final int columns;
  private final Activations activations;
  private final Multiplier multiplier;
  private final String description;

  Product(
      int rows, int columns, Activations activations, Multiplier multiplier, String description) {
    this.rows = rows;
    this.columns = columns;
    this.activations = activations;
    this.multiplier = multiplier;
    this.description = description;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public void apply(float[] x, float[] y) {
    if (x.length != columns || y.length != rows) {
      throw new IllegalArgumentException(
          "A matrix of %d x %d takes %d numbers to %d, not %d to %d"
              .formatted(rows, columns, columns, rows, x.length, y.length));
    }
    multiplier.multiply(activations.of(x), y);
  }

  @Override
  public String description() {
    return description;
  }
}
