package org.trispike.vq.plan;

/**
 * Which lanes of a warp need the pieces of the 32 vectors that it looks up at a time.
 *
 * @param consumers [32 vectors][pieces]: the lane that needs the piece
 */
record WarpLayout(int[][] consumers) {
  /** Lanes of a warp. */
  static final int LANES = 32;

  /** Inputs that one mma.sync.m16n8k16 takes, and columns of its B fragment. */
  private static final int DEPTH = 16;

  private static final int COLUMNS = 8;

  /** Lanes that share a column of the fragment; each has pairs of inputs. */
  private static final int LANES_OF_COLUMN = 4;

  /** The layout that an operation asks for. */
  static WarpLayout of(Op op, int vectorLength) {
    return op == Op.GEMM ? fragment(vectorLength) : columns(vectorLength);
  }

  /**
   * The B fragment of mma.sync.m16n8k16: lane 4n + t has the inputs 2t, 2t+1, 2t+8 and 2t+9 of
   * column n. Vectors lie along the inputs and are counted column after column.
   */
  static WarpLayout fragment(int vectorLength) {
    int perColumn = DEPTH / vectorLength;
    int[][] consumers = new int[LANES][vectorLength / 2];
    for (int v = 0; v < LANES; v++) {
      int column = v / perColumn % COLUMNS;
      for (int piece = 0; piece < consumers[v].length; piece++) {
        int pair = v % perColumn * vectorLength / 2 + piece;
        consumers[v][piece] = LANES_OF_COLUMN * column + pair % LANES_OF_COLUMN;
      }
    }
    return new WarpLayout(consumers);
  }

  /**
   * Sums down columns: of each x lanes, lane t has element t of the x vectors that they look up.
   */
  static WarpLayout columns(int vectorLength) {
    int[][] consumers = new int[LANES][vectorLength];
    for (int v = 0; v < LANES; v++) {
      for (int piece = 0; piece < vectorLength; piece++) {
        consumers[v][piece] = v / vectorLength * vectorLength + piece;
      }
    }
    return new WarpLayout(consumers);
  }
}
