package org.trispike.training.bank;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.trispike.vq.scan.ScanBank;

/**
 * What the rows of one part give to the lists of one file.
 *
 * @param part its number
 * @param sizes rows for each list of the file
 * @param numbers of the rows in the bank, list after list, rising in each
 * @param codes of the rows in that order, a byte a pair of sub-spaces
 */
@SuppressWarnings("ArrayRecordComponent") // passed through
record ListShare(int part, int[] sizes, int[] numbers, byte[] codes) implements Serializable {

  /**
   * The shares of all files.
   *
   * @param lists of each row of the part
   * @param first number of the part's first row
   * @param count lists of the bank
   * @param perFile lists of a file, of which the last has fewer
   */
  static List<ListShare> of(
      int part, ScanBank codes, int[] lists, int first, int count, int perFile) {
    // Counting sort: a stable one, so that numbers rise in each list.
    int[] ends = new int[count + 1];
    for (int list : lists) {
      ends[list + 1]++;
    }
    for (int list = 0; list < count; list++) {
      ends[list + 1] += ends[list];
    }
    int[] next = Arrays.copyOf(ends, count);
    int[] order = new int[lists.length];
    for (int row = 0; row < lists.length; row++) {
      order[next[lists[row]]++] = row;
    }
    List<ListShare> shares = new ArrayList<>();
    for (int from = 0; from < count; from += perFile) {
      int to = Math.min(from + perFile, count);
      int[] sizes = new int[to - from];
      for (int list = from; list < to; list++) {
        sizes[list - from] = ends[list + 1] - ends[list];
      }
      int rows = ends[to] - ends[from];
      int[] numbers = new int[rows];
      byte[] own = new byte[rows * codes.pairs()];
      for (int i = 0; i < rows; i++) {
        int row = order[ends[from] + i];
        numbers[i] = first + row;
        codes.row(row, own, i * codes.pairs());
      }
      shares.add(new ListShare(part, sizes, numbers, own));
    }
    return shares;
  }
}
