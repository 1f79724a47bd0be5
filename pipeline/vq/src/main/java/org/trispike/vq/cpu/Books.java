package org.trispike.vq.cpu;

import org.trispike.vq.CodebookKind;
import org.trispike.vq.E8p;
import org.trispike.vq.E8pCodebooks;
import org.trispike.vq.TrainedCodebooks;
import org.trispike.vq.VqConfig;
import org.trispike.vq.VqTensor;

/**
 * Codebooks as {@link DequantizeKernel} reads them. Trained: [codebooks, rounds, entries, vector
 * length]. E8P: 256 rows of its table, 256 rows of signs, then scales [codebooks, rounds]; a point
 * is row(code / 256) · signs(code mod 256) ± 1/4, and 16 KB of tables serve all.
 */
final class Books {
  /** Where the signs of E8P begin. */
  static final int SIGNS = E8p.ROWS * E8p.LENGTH;

  /** Where the scales of E8P begin. */
  static final int SCALES = 2 * SIGNS;

  private Books() {}

  static float[] of(VqTensor tensor) {
    return tensor.codebooks() instanceof E8pCodebooks scales
        ? lattice(scales)
        : ((TrainedCodebooks) tensor.codebooks()).table().data();
  }

  /** Where the numbers of the first codebook begin. */
  static int first(VqConfig config) {
    return config.kind() == CodebookKind.E8P ? SCALES : 0;
  }

  /** Numbers of a codebook. */
  static int size(VqConfig config) {
    return config.kind() == CodebookKind.E8P
        ? config.rounds()
        : config.rounds() * config.entries() * config.vectorLength();
  }

  private static float[] lattice(E8pCodebooks codebooks) {
    float[] scales = codebooks.scales().data();
    float[] books = new float[SCALES + scales.length];
    for (int row = 0; row < E8p.ROWS; row++) {
      // Without signs and with the shift up. What makes the sum even is then in the last element,
      // where the signs below turn it once for each of theirs.
      E8p.point(row << 8 | 1, 1f, books, row * E8p.LENGTH);
      int signs = row >>> 1;
      for (int d = 0; d < E8p.LENGTH; d++) {
        books[row * E8p.LENGTH + d] -= 0.25f;
        boolean negative =
            d < E8p.LENGTH - 1 ? (signs >>> d & 1) != 0 : (Integer.bitCount(signs) & 1) != 0;
        books[SIGNS + row * E8p.LENGTH + d] = negative ? -1f : 1f;
      }
    }
    System.arraycopy(scales, 0, books, SCALES, scales.length);
    return books;
  }
}
