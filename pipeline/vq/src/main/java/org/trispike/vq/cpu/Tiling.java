package org.trispike.vq.cpu;

import org.trispike.vq.plan.Plan;

/**
 * How look-ups are cut: by bands of rows that share codebooks, and by the plan's parts of
 * sub-spaces. A sub-space is one round of one vector, counted by vector, then by round.
 *
 * @param rows of the matrix
 * @param bandRows of a band; the last may have fewer
 * @param rowUnit to a multiple of which the rows of a band are filled up
 * @param subspaces of a row
 * @param partSubspaces of a part; the last may have fewer
 * @param subspaceUnit to a multiple of which the sub-spaces of a part are filled up
 * @param codeBits of a code as it is stored
 */
record Tiling(
    int rows,
    int bandRows,
    int rowUnit,
    int subspaces,
    int partSubspaces,
    int subspaceUnit,
    int codeBits) {

  /** As the plan splits, with at most {@code most} sub-spaces a part. */
  static Tiling of(Plan plan, int rowUnit, int subspaceUnit, int most, int codeBits) {
    int rows = plan.problem().rows();
    int subspaces = subspaces(plan);
    int part = ceilDiv(subspaces, plan.split().factor());
    return new Tiling(
        rows,
        Math.min(plan.problem().config().scope().rows(), rows),
        rowUnit,
        subspaces,
        Math.min(most, roundUp(part, subspaceUnit)),
        subspaceUnit,
        codeBits);
  }

  /** Sub-spaces of a row. */
  static int subspaces(Plan plan) {
    return plan.problem().config().groups(plan.problem().columns())
        * plan.problem().config().rounds();
  }

  int bands() {
    return ceilDiv(rows, bandRows);
  }

  int parts() {
    return ceilDiv(subspaces, partSubspaces);
  }

  int rowsOf(int band) {
    return Math.min(bandRows, rows - band * bandRows);
  }

  int subspacesOf(int part) {
    return Math.min(partSubspaces, subspaces - part * partSubspaces);
  }

  /** With those that fill it up. */
  int filledRows(int band) {
    return roundUp(rowsOf(band), rowUnit);
  }

  /** With those that fill it up. */
  int filledSubspaces(int part) {
    return roundUp(subspacesOf(part), subspaceUnit);
  }

  /** Bytes of the codes of a band and part. */
  int bytes(int band, int part) {
    return (int) ((long) filledRows(band) * filledSubspaces(part) * codeBits / Byte.SIZE);
  }

  /** Bytes of all codes, which lie band after band, in a band part after part. */
  int bytes() {
    long bytes = 0;
    for (int band = 0; band < bands(); band++) {
      for (int part = 0; part < parts(); part++) {
        bytes += bytes(band, part);
      }
    }
    return Math.toIntExact(bytes);
  }

  private static int ceilDiv(int a, int b) {
    return (a + b - 1) / b;
  }

  private static int roundUp(int a, int unit) {
    return ceilDiv(a, unit) * unit;
  }
}
