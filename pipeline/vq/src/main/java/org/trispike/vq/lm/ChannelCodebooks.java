package org.trispike.vq.lm;

import java.util.Arrays;
import org.trispike.vq.CodebookScope;
import org.trispike.vq.TrainedCodebooks;
import org.trispike.vq.VqConfig;

/**
 * The codebooks of a layer's keys or values, one for every (head, channel group), with the same
 * element of all entries beside each other: products of a vector with all entries and sums of all
 * entries are then passes over rows of 256. O(channels · 256) for such a pass and for encoding a
 * token.
 */
final class ChannelCodebooks {
  private final int groups;
  private final int length;
  private final int entries;

  /** [groups, length, 256]; places behind the entries hold 0. */
  private final float[] elements;

  /** |entry|² / 2, [groups, 256]. */
  private final float[] halfSquares;

  ChannelCodebooks(TrainedCodebooks codebooks) {
    this.groups = codebooks.count();
    this.length = codebooks.vectorLength();
    this.entries = codebooks.entries();
    this.elements = new float[groups * length * Quads.PLACES];
    this.halfSquares = new float[groups * Quads.PLACES];
    for (int group = 0; group < groups; group++) {
      float[] table = codebooks.table(group, 0);
      for (int i = 0; i < table.length; i++) {
        elements[elementAt(group, i % length) + i / length] = table[i];
        halfSquares[group * Quads.PLACES + i / length] += table[i] * table[i] / 2;
      }
    }
  }

  /** Throws unless codes of this kind are a byte for each channel group of heads this wide. */
  static void check(VqConfig config, int headWidth) {
    if (config.rounds() != 1
        || config.entries() > Quads.PLACES
        || config.scope().rows() != CodebookScope.ALL
        || config.scope().columns() != config.vectorLength()
        || headWidth % config.vectorLength() != 0) {
      throw new IllegalArgumentException(
          config.name()
              + ", "
              + config.signature()
              + ", has no code of at most 8 bits for each channel group of a head of "
              + headWidth);
    }
  }

  int groups() {
    return groups;
  }

  int length() {
    return length;
  }

  private int elementAt(int group, int element) {
    return (group * length + element) * Quads.PLACES;
  }

  /** products[count, 256] of a vector's groups with the entries of {@code first} and on. */
  void products(Lanes lanes, float[] x, int at, int first, int count, float[] products) {
    Arrays.fill(products, 0, count * Quads.PLACES, 0f);
    for (int i = 0; i < count * length; i++) {
      int from = elementAt(first, i);
      lanes.axpy(x[at + i], elements, from, products, i / length * Quads.PLACES, Quads.PLACES);
    }
  }

  /** y[length] += Σ over entries of mass · entry. */
  void mix(Lanes lanes, int group, float[] masses, int massesAt, float[] y, int yAt) {
    for (int d = 0; d < length; d++) {
      y[yAt + d] += lanes.dot(masses, massesAt, elements, elementAt(group, d), Quads.PLACES);
    }
  }

  /** The nearest entry of each group of a token; the first of equal ones. */
  void encode(Lanes lanes, float[] token, byte[] codes) {
    float[] distances = new float[Quads.PLACES];
    for (int group = 0; group < groups; group++) {
      // |x − e|² / 2 without |x|², which is the same for all entries.
      System.arraycopy(halfSquares, group * Quads.PLACES, distances, 0, Quads.PLACES);
      for (int d = 0; d < length; d++) {
        float x = token[group * length + d];
        lanes.axpy(-x, elements, elementAt(group, d), distances, 0, Quads.PLACES);
      }
      int nearest = 0;
      for (int entry = 1; entry < entries; entry++) {
        nearest = distances[entry] < distances[nearest] ? entry : nearest;
      }
      codes[group] = (byte) nearest;
    }
  }
}
