package org.trispike.vq.lm;

import java.util.Arrays;
import java.util.List;

/**
 * The inner loops over codes, for four channel groups at a time: their tables share the first-level
 * cache, and a token's score or share is read once for all four. Plain loops: look-ups in tables of
 * 256 floats are as fast as gathering them with vectors (VQ-LLM's own figures are of shared memory
 * on a GPU, which has no counterpart here).
 *
 * <p>Tables are copied to arrays whose length the compiler sees, so that a byte's look-up needs no
 * check of bounds.
 */
final class Quads {
  /** Groups of a quad. */
  static final int GROUPS = 4;

  /** Places of a table: one for each byte. */
  static final int PLACES = 256;

  private Quads() {}

  /**
   * scores[t] += Σ over the groups of table[code of t].
   *
   * @param codes of a group after those of another, {@code stride} apart, from {@code at} on
   * @param tables [4, 256] from {@code tablesAt} on
   */
  static void addScores(
      byte[] codes,
      int at,
      int stride,
      int count,
      float[] tables,
      int tablesAt,
      float[] scores,
      int scoresAt) {
    float[] p = Arrays.copyOfRange(tables, tablesAt, tablesAt + PLACES);
    float[] q = Arrays.copyOfRange(tables, tablesAt + PLACES, tablesAt + 2 * PLACES);
    float[] r = Arrays.copyOfRange(tables, tablesAt + 2 * PLACES, tablesAt + 3 * PLACES);
    float[] s = Arrays.copyOfRange(tables, tablesAt + 3 * PLACES, tablesAt + 4 * PLACES);
    for (int t = 0; t < count; t++) {
      int code = at + t;
      scores[scoresAt + t] +=
          p[codes[code] & 0xff]
              + q[codes[code + stride] & 0xff]
              + (r[codes[code + 2 * stride] & 0xff] + s[codes[code + 3 * stride] & 0xff]);
    }
  }

  /**
   * masses[group, code] = Σ of the shares of the tokens that have this code.
   *
   * @param blocks of {@code stride} tokens, codes as above
   * @param masses [4, 256]
   */
  static void masses(
      List<byte[]> blocks,
      int at,
      int stride,
      int count,
      float[] shares,
      int sharesAt,
      float[] masses) {
    float[] p = new float[PLACES];
    float[] q = new float[PLACES];
    float[] r = new float[PLACES];
    float[] s = new float[PLACES];
    for (int block = 0; block < blocks.size(); block++) {
      byte[] codes = blocks.get(block);
      int first = block * stride;
      for (int t = 0; t < Math.min(stride, count - first); t++) {
        int code = at + t;
        float share = shares[sharesAt + first + t];
        p[codes[code] & 0xff] += share;
        q[codes[code + stride] & 0xff] += share;
        r[codes[code + 2 * stride] & 0xff] += share;
        s[codes[code + 3 * stride] & 0xff] += share;
      }
    }
    System.arraycopy(p, 0, masses, 0, PLACES);
    System.arraycopy(q, 0, masses, PLACES, PLACES);
    System.arraycopy(r, 0, masses, 2 * PLACES, PLACES);
    System.arraycopy(s, 0, masses, 3 * PLACES, PLACES);
  }
}
