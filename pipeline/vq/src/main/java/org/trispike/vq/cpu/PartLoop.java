package org.trispike.vq.cpu;

import java.util.Arrays;

/**
 * Codebook-centric order: for each band and part, the tables of its sub-spaces are made once and
 * all rows of the band look up in them, while they are near.
 */
final class PartLoop implements Multiplier {
  private final Tiling tiling;
  private final byte[] codes;
  private final Partials partials;
  private final PartKernel kernel;
  private final float[] tables;
  private final float[] sums;

  PartLoop(Tiling tiling, byte[] codes, Partials partials, PartKernel kernel) {
    this.tiling = tiling;
    this.codes = codes;
    this.partials = partials;
    this.kernel = kernel;
    this.tables = new float[Math.multiplyExact(tiling.filledSubspaces(0), partials.entries())];
    this.sums = new float[tiling.filledRows(0)];
  }

  @Override
  public void multiply(float[] x, float[] y) {
    int at = 0;
    for (int band = 0; band < tiling.bands(); band++) {
      int firstRow = band * tiling.bandRows();
      Arrays.fill(sums, 0f);
      for (int part = 0; part < tiling.parts(); part++) {
        int subspaces = tiling.filledSubspaces(part);
        int present = tiling.subspacesOf(part);
        partials.write(x, firstRow, part * tiling.partSubspaces(), present, tables);
        Arrays.fill(tables, present * partials.entries(), subspaces * partials.entries(), 0f);
        kernel.add(codes, at, tables, subspaces, sums, tiling.filledRows(band));
        at += tiling.bytes(band, part);
      }
      System.arraycopy(sums, 0, y, firstRow, tiling.rowsOf(band));
    }
  }
}
