package org.trispike.vq;

/**
 * The part of a matrix that shares one codebook: a tile of so many rows and columns.
 *
 * <p>All published scopes are such tiles: the whole matrix (QuiP#, AQLM), squares of 256 (GPTVQ),
 * and all rows of a few columns. The last is CQ's (head, channel group) in a cache whose rows are
 * tokens and whose columns are the channels of one head after the other, and the sub-space of
 * product quantization in a bank of vectors.
 *
 * @param rows rows of a tile, {@link #ALL} if it has all
 * @param columns columns of a tile, {@link #ALL} if it has all
 */
public record CodebookScope(int rows, int columns) {
  /** An extent without bound. */
  public static final int ALL = Integer.MAX_VALUE;

  public CodebookScope {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException("A scope of " + rows + " x " + columns + " is empty");
    }
  }

  /** One codebook for everything. */
  public static CodebookScope tensor() {
    return new CodebookScope(ALL, ALL);
  }

  /** A codebook a tile. */
  public static CodebookScope tile(int rows, int columns) {
    return new CodebookScope(rows, columns);
  }

  /** A codebook for every {@code columns} columns, whatever the row. */
  public static CodebookScope channelGroup(int columns) {
    return new CodebookScope(ALL, columns);
  }

  /** Tiles beside each other in a matrix of so many columns. */
  public int across(int tensorColumns) {
    return ceilDiv(tensorColumns, columns);
  }

  /** Tiles below each other in a matrix of so many rows. */
  public int down(int tensorRows) {
    return ceilDiv(tensorRows, rows);
  }

  /** The codebook of an element, counted row after row of tiles. */
  public int codebook(int row, int column, int tensorColumns) {
    return row / rows * across(tensorColumns) + column / columns;
  }

  static int ceilDiv(int a, int b) {
    return a / b + (a % b == 0 ? 0 : 1);
  }
}
