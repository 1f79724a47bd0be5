package org.trispike.vq.cpu;

import org.trispike.vq.VqTensor;

/** Where the codes of a band and part lie. */
interface CodeOrder {

  /**
   * Stores one code.
   *
   * @param at where the band and part begin
   * @param row in its band
   * @param rows of the band, filled up
   * @param subspace in its part
   * @param subspaces of the part, filled up
   */
  void store(byte[] codes, int at, int row, int rows, int subspace, int subspaces, int code);

  /** The codes of a matrix in this order; what fills bands and parts up is 0. */
  default byte[] arrange(VqTensor tensor, Tiling tiling) {
    byte[] codes = new byte[tiling.bytes()];
    int rounds = tensor.config().rounds();
    int at = 0;
    for (int band = 0; band < tiling.bands(); band++) {
      int firstRow = band * tiling.bandRows();
      for (int part = 0; part < tiling.parts(); part++) {
        int first = part * tiling.partSubspaces();
        for (int row = 0; row < tiling.rowsOf(band); row++) {
          for (int i = 0; i < tiling.subspacesOf(part); i++) {
            int group = (first + i) / rounds;
            int code = tensor.code((first + i) % rounds, firstRow + row, group);
            store(codes, at, row, tiling.filledRows(band), i, tiling.filledSubspaces(part), code);
          }
        }
        at += tiling.bytes(band, part);
      }
    }
    return codes;
  }
}
