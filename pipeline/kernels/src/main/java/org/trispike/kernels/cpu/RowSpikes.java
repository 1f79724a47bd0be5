package org.trispike.kernels.cpu;

/**
 * What the rows of a matrix of spikes emit: for each row the list of its elements that are not 0,
 * in the order of the channels. The list of row r begins at r · channels. Memory is kept for the
 * next matrix.
 */
final class RowSpikes {
  private int channels;
  private int[] places = new int[0];
  private float[] heights = new float[0];
  private int[] counts = new int[0];

  /** Room for lists of {@code rows} rows, and for a vector behind the last. */
  void reserve(int rows, int rowChannels) {
    channels = rowChannels;
    int size = rows * rowChannels + Arrivals.SPARE;
    if (places.length < size) {
      places = new int[size + size / 4];
      heights = new float[size + size / 4];
    }
    if (counts.length < rows) {
      counts = new int[rows + rows / 4];
    }
  }

  /**
   * Lists rows [from, to) of x.
   *
   * @param stride columns of the weights: channel c has its row of them at c · stride
   */
  void list(float[] x, int xAt, int from, int to, int stride) {
    for (int r = from; r < to; r++) {
      int begin = begin(r);
      int next = begin;
      for (int c = 0; c < channels; c++) {
        float height = x[xAt + begin + c];
        // Written in any case and counted if not 0: spikes are not to be predicted.
        places[next] = c * stride;
        heights[next] = height;
        int bits = Float.floatToRawIntBits(height);
        next += (bits | -bits) >>> 31;
      }
      counts[r] = next - begin;
    }
  }

  int begin(int row) {
    return row * channels;
  }

  int[] counts() {
    return counts;
  }

  /** Where the row of weights of each spike's channel begins, in the matrix of an offset. */
  int[] places() {
    return places;
  }

  float[] heights() {
    return heights;
  }
}
