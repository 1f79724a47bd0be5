package org.trispike.datasets.format.label;

import org.trispike.datasets.format.Ints;

/**
 * Lengths of runs as text: from the fourth on the difference to the last but one, in groups of five
 * bits, lowest first, each a character from '0' on. The sixth bit of a character says that another
 * follows, and the fifth of the last one is the sign. Format: cocodataset/cocoapi,
 * common/maskApi.c.
 */
final class RunString {
  private static final int BASE = '0';
  private static final int MORE = 0x20;
  private static final int SIGN = 0x10;
  private static final int BITS = 5;

  private RunString() {}

  static String packed(int[] runs) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < runs.length; i++) {
      int rest = i > 2 ? runs[i] - runs[i - 2] : runs[i];
      boolean more = true;
      while (more) {
        int group = rest & (MORE - 1);
        rest >>= BITS;
        more = rest != ((group & SIGN) == 0 ? 0 : -1);
        out.append((char) (BASE + (more ? group | MORE : group)));
      }
    }
    return out.toString();
  }

  static int[] unpacked(String text) {
    Ints runs = new Ints();
    for (int at = 0; at < text.length(); ) {
      long value = 0;
      int shift = 0;
      boolean more = true;
      while (more) {
        int group = at < text.length() ? text.charAt(at++) - BASE : -1;
        if (group < 0 || group >= 2 * MORE || shift > 30) {
          throw new IllegalArgumentException(
              "The packed runs make no sense before character " + at);
        }
        value |= (long) (group & (MORE - 1)) << shift;
        shift += BITS;
        more = (group & MORE) != 0;
        if (!more && (group & SIGN) != 0) {
          value |= -1L << shift;
        }
      }
      value += runs.size() > 2 ? runs.get(runs.size() - 2) : 0;
      if (value < 0 || value > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("A run of a mask is " + value + " pixels long");
      }
      runs.add((int) value);
    }
    return runs.toArray();
  }
}
