package org.trispike.kernels;

import java.util.Arrays;

/**
 * Builds rulebooks by merging: with sites sorted by key, the neighbour at a constant offset moves
 * forward as the site does, so that one pass with two pointers finds all of them.
 */
final class Rulebooks {
  private static final int CENTRE = 13;

  /** The next coarser level and how the finer one feeds it. */
  record Halving(Sites parents, Rulebook rulebook) {}

  private Rulebooks() {}

  /** Pairs (in = out + offset) within a level, 27 offsets. */
  static Rulebook submanifold(Sites sites) {
    // Without duplicates the pairs of 26 − k are those of k with input and output exchanged.
    boolean mirrored = strictlyRising(sites.keys());
    int[][] outs = new int[27][];
    int[][] ins = new int[27][];
    int[] counts = new int[27];
    Sites.Grid grid = sites.grid();
    for (int column = mirrored ? 4 : 0; column < 9; column++) {
      int dx = column / 3 - 1;
      int dy = column % 3 - 1;
      long delta = (dx * grid.sizeY() + dy) * grid.sizeZ();
      int lowest = mirrored && column == 4 ? 1 : -1;
      scan(sites.keys(), delta, lowest, column * 3 + 1, outs, ins, counts);
    }
    return assemble(sites.count(), mirrored, outs, ins, counts);
  }

  /** For each site, the up to three sites at key + delta + (lowest..1); itself is left out. */
  private static void scan(
      long[] keys, long delta, int lowest, int middle, int[][] outs, int[][] ins, int[] counts) {
    int n = keys.length;
    for (int k = middle + lowest; k <= middle + 1; k++) {
      outs[k] = new int[n];
      ins[k] = new int[n];
    }
    int j = 0;
    for (int i = 0; i < n; i++) {
      long base = keys[i] + delta;
      while (j < n && keys[j] < base + lowest) {
        j++;
      }
      long previous = Long.MIN_VALUE;
      for (int m = j; m < n && keys[m] <= base + 1; m++) {
        // Where points keep their own sites, the first of a voxel stands for it.
        if (keys[m] != previous) {
          previous = keys[m];
          int k = middle + (int) (keys[m] - base);
          if (k != CENTRE) {
            outs[k][counts[k]] = i;
            ins[k][counts[k]++] = m;
          }
        }
      }
    }
  }

  private static Rulebook assemble(
      int n, boolean mirrored, int[][] outs, int[][] ins, int[] counts) {
    int[] start = new int[28];
    for (int k = 0; k < 27; k++) {
      int pairs = k == CENTRE ? n : mirrored && k < CENTRE ? counts[26 - k] : counts[k];
      start[k + 1] = start[k] + pairs;
    }
    int[] in = new int[start[27]];
    int[] out = new int[start[27]];
    for (int k = 0; k < 27; k++) {
      if (k == CENTRE) {
        for (int i = 0; i < n; i++) {
          in[start[k] + i] = i;
          out[start[k] + i] = i;
        }
      } else {
        boolean exchanged = mirrored && k < CENTRE;
        int from = exchanged ? 26 - k : k;
        System.arraycopy(exchanged ? outs[from] : ins[from], 0, in, start[k], counts[from]);
        System.arraycopy(exchanged ? ins[from] : outs[from], 0, out, start[k], counts[from]);
      }
    }
    return new Rulebook(n, n, start, in, out);
  }

  private static boolean strictlyRising(long[] keys) {
    for (int i = 1; i < keys.length; i++) {
      if (keys[i] <= keys[i - 1]) {
        return false;
      }
    }
    return true;
  }

  /** Parents at half the resolution, and the pairs child → parent over 8 offsets. */
  static Halving halve(Sites sites) {
    int n = sites.count();
    Sites.Grid fine = sites.grid();
    Sites.Grid coarse =
        Sites.Grid.of(half(fine.sizeX() - 2), half(fine.sizeY() - 2), half(fine.sizeZ() - 2));
    int samples = sites.sampleOffsets().length - 1;
    int[] sampleOffsets = new int[samples + 1];
    long[] parents = new long[n];
    int[] parentOf = new int[n];
    byte[] offsetOf = new byte[n];
    RadixSort sort = new RadixSort();
    int parent = 0;
    for (int s = 0; s < samples; s++) {
      int first = sites.sampleOffsets()[s];
      int count = sites.sampleOffsets()[s + 1] - first;
      sort.reserve(count);
      for (int i = 0; i < count; i++) {
        long key = sites.keys()[first + i];
        int x = fine.x(key);
        int y = fine.y(key);
        int z = fine.z(key);
        sort.keys()[i] = coarse.key(0, x >> 1, y >> 1, z >> 1);
        sort.items()[i] = first + i;
        offsetOf[first + i] = (byte) ((x & 1) * 4 + (y & 1) * 2 + (z & 1));
      }
      sort.sort(count, coarse.perSample());
      for (int i = 0; i < count; i++) {
        if (i == 0 || sort.keys()[i] != sort.keys()[i - 1]) {
          parents[parent++] = sort.keys()[i] + s * coarse.perSample();
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

  private static int half(long extent) {
    return (int) (extent + 1 >> 1);
  }
}
