package org.trispike.vq.scan;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Plain loops. */
final class ScalarScan implements Scan {

  @Override
  public boolean sums(ByteBuffer codes, int at, int pairs, byte[] table, int least, int[] sums) {
    Arrays.fill(sums, 0);
    for (int pair = 0; pair < pairs; pair++) {
      int low = 2 * pair * ScanBank.ENTRIES;
      int high = low + ScanBank.ENTRIES;
      int from = at + pair * ScanBank.BLOCK;
      for (int row = 0; row < ScanBank.BLOCK; row++) {
        int code = codes.get(from + row);
        sums[row] += (table[low + (code & 15)] & 0xff) + (table[high + (code >> 4 & 15)] & 0xff);
      }
    }
    return true;
  }

  @Override
  public String description() {
    return "scalar";
  }
}
