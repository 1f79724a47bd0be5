package org.trispike.spiking;

import java.util.Objects;

/**
 * What a PointFormer cuts clouds into, and how deep it is.
 *
 * @param groups G, patches of a cloud, and so tokens
 * @param neighbours M, points of a patch
 * @param depth blocks
 * @param attention the order of its products
 */
public record PointFormerSpec(int groups, int neighbours, int depth, Attention attention) {
  private static final int MOST_GROUPS = 4096;
  private static final int MOST_NEIGHBOURS = 512;
  private static final int DEEPEST = 64;

  public PointFormerSpec {
    Objects.requireNonNull(attention, "Attention");
    check("Groups", groups, MOST_GROUPS);
    check("Neighbours", neighbours, MOST_NEIGHBOURS);
    check("Depth", depth, DEEPEST);
  }

  /** SVL's: 512 patches of 32 points, 12 blocks. */
  public static PointFormerSpec standard() {
    return new PointFormerSpec(512, 32, 12, Attention.PAPER);
  }

  private static void check(String name, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(name + " " + value + " is outside 1.." + most);
    }
  }
}
