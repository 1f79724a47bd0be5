package org.trispike.kernels;

import java.util.Arrays;

/**
 * Builds rulebooks by merging: with sites sorted by key, the neighbour at a constant offset moves
 * forward as the site does, so that one pass with two pointers finds all of them.
 */
final class Rulebooks {
  private static final int OFFSETS = 27;
  private static final int CENTRE = 13;

  /** The next coarser level and how the finer one feeds it. */
  record Halving(Sites parents, Rulebook rulebook) {}

  /** Pairs of one offset, growing. */
  private static final class Pairs {
    private int[] in;
    private int[] out;
    private int count;

    Pairs(int capacity) {
      in = new int[capacity];
      out = new int[capacity];
    }

    /** Room for {@code more} pairs. */
    void reserve(int more) {
      if (count + more > in.length) {
        int capacity = Math.max(count + more, 2 * in.length);
        in = Arrays.copyOf(in, capacity);
        out = Arrays.copyOf(out, capacity);
      }
    }
  }

  private Rulebooks() {}

  /** Pairs (in = out + offset) within a level, 27 offsets. */
  static Rulebook submanifold(Sites sites) {
    // Without duplicates the pairs of 26 − k are those of k with input and output exchanged.
    boolean mirrored = strictlyRising(sites);
    Pairs[] pairs = new Pairs[OFFSETS];
    for (int k = mirrored ? CENTRE + 1 : 0; k < OFFSETS; k++) {
      pairs[k] = new Pairs(sites.count() / 4 + 64);
    }
    for (int s = 0; s < sites.samples(); s++) {
      int first = sites.sampleOffsets()[s];
      int last = sites.sampleOffsets()[s + 1];
      for (int k = mirrored ? CENTRE + 1 : 0; k < OFFSETS; k++) {
        if (k != CENTRE) {
          pairs[k].reserve(last - first);
        }
      }
      for (int column = mirrored ? 4 : 0; column < 9; column++) {
        long delta = sites.grid().step(column / 3 - 1, column % 3 - 1);
        if (column == 4) {
          along(sites.keys(), first, last, 1, pairs[CENTRE + 1]);
          if (!mirrored) {
            along(sites.keys(), first, last, -1, pairs[CENTRE - 1]);
          }
        } else {
          beside(
              sites.keys(),
              first,
              last,
              delta,
              pairs[3 * column],
              pairs[3 * column + 1],
              pairs[3 * column + 2]);
        }
      }
    }
    return assemble(sites.count(), mirrored, pairs);
  }

  /** For each site, the first site at key + step. */
  private static void along(long[] keys, int first, int last, int step, Pairs pairs) {
    int count = pairs.count;
    int j = first;
    for (int i = first; i < last; i++) {
      long wanted = keys[i] + step;
      while (j < last && keys[j] < wanted) {
        j++;
      }
      if (j < last && keys[j] == wanted) {
        pairs.out[count] = i;
        pairs.in[count++] = j;
      }
    }
    pairs.count = count;
  }

  /**
   * For each site, the first sites at key + delta − 1, key + delta and key + delta + 1. Where
   * points keep their own sites, the first of a voxel stands for it.
   */
  private static void beside(
      long[] keys, int first, int last, long delta, Pairs below, Pairs level, Pairs above) {
    int j = first;
    int b = below.count;
    int l = level.count;
    int a = above.count;
    for (int i = first; i < last; i++) {
      long wanted = keys[i] + delta - 1;
      while (j < last && keys[j] < wanted) {
        j++;
      }
      int m = j;
      if (m < last && keys[m] == wanted) {
        below.out[b] = i;
        below.in[b++] = m;
        m = next(keys, m, last);
      }
      if (m < last && keys[m] == wanted + 1) {
        level.out[l] = i;
        level.in[l++] = m;
        m = next(keys, m, last);
      }
      if (m < last && keys[m] == wanted + 2) {
        above.out[a] = i;
        above.in[a++] = m;
      }
    }
    below.count = b;
    level.count = l;
    above.count = a;
  }

  /** The first site after {@code m} of another voxel. */
  private static int next(long[] keys, int m, int last) {
    int n = m + 1;
    while (n < last && keys[n] == keys[m]) {
      n++;
    }
    return n;
  }

  private static Rulebook assemble(int n, boolean mirrored, Pairs[] pairs) {
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
  static Halving halve(Sites sites) {
    int n = sites.count();
    Sites.Grid fine = sites.grid();
    Sites.Grid coarse = fine.halved();
    int[] sampleOffsets = new int[sites.samples() + 1];
    long[] parents = new long[n];
    int[] parentOf = new int[n];
    byte[] offsetOf = new byte[n];
    RadixSort sort = new RadixSort();
    int parent = 0;
    for (int s = 0; s < sites.samples(); s++) {
      int first = sites.sampleOffsets()[s];
      int count = sites.sampleOffsets()[s + 1] - first;
      sort.reserve(count);
      for (int i = 0; i < count; i++) {
        long key = sites.keys()[first + i];
        int x = fine.x(key);
        int y = fine.y(key);
        int z = fine.z(key);
        sort.keys()[i] = coarse.key(x >> 1, y >> 1, z >> 1);
        sort.items()[i] = first + i;
        offsetOf[first + i] = (byte) ((x & 1) * 4 + (y & 1) * 2 + (z & 1));
      }
      sort.sort(count, coarse.bits());
      for (int i = 0; i < count; i++) {
        if (i == 0 || sort.keys()[i] != sort.keys()[i - 1]) {
          parents[parent++] = sort.keys()[i];
        }
        parentOf[sort.items()[i]] = parent - 1;
      }
      sampleOffsets[s + 1] = parent;
    }
    Sites coarser = new Sites(sampleOffsets, Arrays.copyOf(parents, parent), coarse, null);
    return new Halving(coarser, byOffset(parentOf, offsetOf, parent));
  }

  private static Rulebook byOffset(int[] parentOf, byte[] offsetOf, int parents) {
    int n = parentOf.length;
    int[] start = new int[9];
    for (byte k : offsetOf) {
      start[k + 1]++;
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
    return new Rulebook(n, parents, start, in, out);
  }
}
