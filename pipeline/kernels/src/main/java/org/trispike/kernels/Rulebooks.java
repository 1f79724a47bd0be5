package org.trispike.kernels;

import java.util.Arrays;

/**
 * Builds rulebooks by merging: with sites sorted by key, the neighbour at a constant offset moves
 * forward as the site does, so that one pass with two pointers finds all of them. Where a sample is
 * dense in its grid its cells are held as bits, and neighbours looked up there. Memory is kept for
 * the next level. Not for concurrent use.
 */
final class Rulebooks {
  private static final int OFFSETS = 27;
  private static final int CENTRE = 13;

  /** Guards behind the keys of a sample, so that a search needs no bound. */
  private static final int END = 4;

  private final DistinctKeys distinct;
  private final Pairs[] pairs = new Pairs[OFFSETS];
  private long[] keys = new long[0];
  private long[] parents = new long[0];
  private long[] cells = new long[0];
  private int[] parentOf = new int[0];
  private byte[] offsetOf = new byte[0];

  /**
   * @param distinct whose memory is used between its own turns
   */
  Rulebooks(DistinctKeys distinct) {
    this.distinct = distinct;
    for (int k = 0; k < OFFSETS; k++) {
      pairs[k] = new Pairs();
    }
  }

  /** The next coarser level and how the finer one feeds it. */
  record Halving(Sites parents, Rulebook rulebook) {}

  /** Pairs of one offset, growing. */
  private static final class Pairs {
    private int[] in = new int[0];
    private int[] out = new int[0];
    private int count;

    /** Room for {@code more} pairs. */
    void reserve(int more) {
      if (count + more > in.length) {
        int capacity = Math.max(count + more, 2 * count);
        in = Arrays.copyOf(in, capacity);
        out = Arrays.copyOf(out, capacity);
      }
    }
  }

  /** Pairs (in = out + offset) within a level, 27 offsets. */
  Rulebook submanifold(Sites sites) {
    // Without duplicates the pairs of 26 − k are those of k with input and output exchanged.
    boolean mirrored = strictlyRising(sites);
    for (Pairs some : pairs) {
      some.count = 0;
    }
    for (int s = 0; s < sites.samples(); s++) {
      int first = sites.sampleOffsets()[s];
      int n = sites.sampleOffsets()[s + 1] - first;
      boolean held = mirrored && Occupancy.pays(sites.grid().bits(), n);
      Occupancy occupied = distinct.cells();
      if (held) {
        occupied.open(sites.grid().bits());
        occupied.add(sites.keys(), first, first + n);
        occupied.rank();
      }
      if (keys.length < n + END) {
        keys = new long[n + n / 4 + END];
      }
      System.arraycopy(sites.keys(), first, keys, 0, n);
      Arrays.fill(keys, n, n + END, Long.MAX_VALUE);
      for (int k = mirrored ? CENTRE + 1 : 0; k < OFFSETS; k++) {
        if (k != CENTRE) {
          pairs[k].reserve(n + 1);
        }
      }
      for (int column = mirrored ? 4 : 0; column < 9; column++) {
        long delta = sites.grid().step(column / 3 - 1, column % 3 - 1);
        if (column == 4) {
          along(keys, first, n, 1, pairs[CENTRE + 1]);
          if (!mirrored) {
            along(keys, first, n, -1, pairs[CENTRE - 1]);
          }
        } else if (held) {
          beside(occupied, keys, first, n, delta, pairs, 3 * column);
        } else if (mirrored) {
          beside(keys, first, n, delta, pairs, 3 * column);
        } else {
          for (int dz = -1; dz <= 1; dz++) {
            along(keys, first, n, delta + dz, pairs[3 * column + 1 + dz]);
          }
        }
      }
    }
    return assemble(sites.count(), mirrored);
  }

  /** For each site, the first site at key + step. */
  private static void along(long[] keys, int first, int n, long step, Pairs pairs) {
    int[] in = pairs.in;
    int[] out = pairs.out;
    int count = pairs.count;
    int j = 0;
    for (int i = 0; i < n; i++) {
      long wanted = keys[i] + step;
      while (keys[j] < wanted) {
        j++;
      }
      in[count] = first + j;
      out[count] = first + i;
      count += keys[j] == wanted ? 1 : 0;
    }
    pairs.count = count;
  }

  /**
   * For each site, the sites at key + delta − 1, key + delta and key + delta + 1, where no voxel
   * has two sites. Every candidate is written and only hits are counted: whether there is a
   * neighbour is not to be predicted, so a branch would cost more than the write.
   */
  private static void beside(long[] keys, int first, int n, long delta, Pairs[] pairs, int lowest) {
    Pairs below = pairs[lowest];
    Pairs level = pairs[lowest + 1];
    Pairs above = pairs[lowest + 2];
    int[] belowIn = below.in;
    int[] belowOut = below.out;
    int[] levelIn = level.in;
    int[] levelOut = level.out;
    int[] aboveIn = above.in;
    int[] aboveOut = above.out;
    int b = below.count;
    int l = level.count;
    int a = above.count;
    int j = 0;
    for (int i = 0; i < n; i++) {
      long wanted = keys[i] + delta - 1;
      while (keys[j] < wanted) {
        j++;
      }
      int m = j;
      belowIn[b] = first + m;
      belowOut[b] = first + i;
      int hit = keys[m] == wanted ? 1 : 0;
      b += hit;
      m += hit;
      levelIn[l] = first + m;
      levelOut[l] = first + i;
      hit = keys[m] == wanted + 1 ? 1 : 0;
      l += hit;
      m += hit;
      aboveIn[a] = first + m;
      aboveOut[a] = first + i;
      a += keys[m] == wanted + 2 ? 1 : 0;
    }
    below.count = b;
    level.count = l;
    above.count = a;
  }

  /** As the other, the three candidates being bits that lie side by side. */
  private static void beside(
      Occupancy cells, long[] keys, int first, int n, long delta, Pairs[] pairs, int lowest) {
    long[] words = cells.words();
    int[] ranks = cells.ranks();
    Pairs below = pairs[lowest];
    Pairs level = pairs[lowest + 1];
    Pairs above = pairs[lowest + 2];
    int[] belowIn = below.in;
    int[] belowOut = below.out;
    int[] levelIn = level.in;
    int[] levelOut = level.out;
    int[] aboveIn = above.in;
    int[] aboveOut = above.out;
    int b = below.count;
    int l = level.count;
    int a = above.count;
    for (int i = 0; i < n; i++) {
      int at = (int) (keys[i] + delta - 1);
      long word = words[at >>> 6];
      int m = first + ranks[at >>> 6] + Long.bitCount(word & (1L << at) - 1);
      // Bits at, at + 1 and at + 2, of which some may lie in the next word.
      int three = (int) (word >>> at | words[(at >>> 6) + 1] << 1 << ~at);
      belowIn[b] = m;
      belowOut[b] = first + i;
      int hit = three & 1;
      b += hit;
      m += hit;
      levelIn[l] = m;
      levelOut[l] = first + i;
      hit = three >>> 1 & 1;
      l += hit;
      m += hit;
      aboveIn[a] = m;
      aboveOut[a] = first + i;
      a += three >>> 2 & 1;
    }
    below.count = b;
    level.count = l;
    above.count = a;
  }

  private Rulebook assemble(int n, boolean mirrored) {
    int[] start = new int[OFFSETS + 1];
    for (int k = 0; k < OFFSETS; k++) {
      int count = k == CENTRE ? n : pairs[mirrored && k < CENTRE ? 26 - k : k].count;
      start[k + 1] = start[k] + count;
    }
    int[] in = new int[start[OFFSETS]];
    int[] out = new int[start[OFFSETS]];
    for (int k = 0; k < OFFSETS; k++) {
      if (k == CENTRE) {
        for (int i = 0; i < n; i++) {
          in[start[k] + i] = i;
          out[start[k] + i] = i;
        }
      } else {
        boolean exchanged = mirrored && k < CENTRE;
        Pairs from = pairs[exchanged ? 26 - k : k];
        System.arraycopy(exchanged ? from.out : from.in, 0, in, start[k], from.count);
        System.arraycopy(exchanged ? from.in : from.out, 0, out, start[k], from.count);
      }
    }
    return new Rulebook(n, n, start, in, out);
  }

  private static boolean strictlyRising(Sites sites) {
    long[] keys = sites.keys();
    for (int s = 0; s < sites.samples(); s++) {
      for (int i = sites.sampleOffsets()[s] + 1; i < sites.sampleOffsets()[s + 1]; i++) {
        if (keys[i] == keys[i - 1]) {
          return false;
        }
      }
    }
    return true;
  }

  /** Parents at half the resolution, and the pairs child → parent over 8 offsets. */
  Halving halve(Sites sites) {
    int n = sites.count();
    Sites.Grid fine = sites.grid();
    Sites.Grid coarse = fine.halved();
    int[] sampleOffsets = new int[sites.samples() + 1];
    reserve(n);
    int parent = 0;
    for (int s = 0; s < sites.samples(); s++) {
      int first = sites.sampleOffsets()[s];
      int count = sites.sampleOffsets()[s + 1] - first;
      for (int i = 0; i < count; i++) {
        long key = sites.keys()[first + i];
        int x = fine.x(key);
        int y = fine.y(key);
        int z = fine.z(key);
        cells[i] = coarse.key(x >> 1, y >> 1, z >> 1);
        offsetOf[first + i] = (byte) ((x & 1) * 4 + (y & 1) * 2 + (z & 1));
      }
      parent = distinct.number(cells, count, coarse.bits(), parents, parent, parentOf, first);
      sampleOffsets[s + 1] = parent;
    }
    Sites coarser = new Sites(sampleOffsets, Arrays.copyOf(parents, parent), coarse, null);
    return new Halving(coarser, byOffset(n, parent));
  }

  private void reserve(int sites) {
    if (parents.length < sites) {
      parents = new long[sites];
      cells = new long[sites];
      parentOf = new int[sites];
      offsetOf = new byte[sites];
    }
  }

  private Rulebook byOffset(int n, int coarser) {
    int[] start = new int[9];
    for (int i = 0; i < n; i++) {
      start[offsetOf[i] + 1]++;
    }
    for (int k = 0; k < 8; k++) {
      start[k + 1] += start[k];
    }
    int[] next = start.clone();
    int[] in = new int[n];
    int[] out = new int[n];
    // Children in key order meet their parents in key order, offset by offset.
    for (int i = 0; i < n; i++) {
      int place = next[offsetOf[i]]++;
      in[place] = i;
      out[place] = parentOf[i];
    }
    return new Rulebook(n, coarser, start, in, out);
  }
}
