package org.trispike.vq.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which lane looks up which vector, so that those who exchange pieces are a few neighbours.
 *
 * <p>At first lane v has vector v. Vectors whose pieces go to the same lanes form a mini-warp, and
 * are handed to just these lanes; whoever has one of them already keeps it. Within a mini-warp of n
 * lanes, n − 1 exchanges {@code reg[t ^ off] = shfl_xor(reg[t ^ off], off)} then leave lane t with
 * piece t of every vector.
 *
 * @param miniWarp lanes of a mini-warp, a power of two
 * @param vectorOfLane for each lane its vector
 */
public record ThreadMapping(int miniWarp, int[] vectorOfLane) {

  static ThreadMapping of(WarpLayout layout) {
    Map<List<Integer>, List<Integer>> vectorsOfLanes = new LinkedHashMap<>();
    for (int v = 0; v < WarpLayout.LANES; v++) {
      List<Integer> lanes =
          Arrays.stream(layout.consumers()[v]).boxed().collect(Collectors.toList());
      vectorsOfLanes.computeIfAbsent(lanes, key -> new ArrayList<>()).add(v);
    }
    int[] vectorOfLane = new int[WarpLayout.LANES];
    Arrays.fill(vectorOfLane, -1);
    vectorsOfLanes.forEach((lanes, vectors) -> assign(lanes, vectors, vectorOfLane));
    return new ThreadMapping(layout.consumers()[0].length, vectorOfLane);
  }

  private static void assign(List<Integer> lanes, List<Integer> vectors, int[] vectorOfLane) {
    if (lanes.size() != vectors.size() || !neighbours(lanes)) {
      throw new IllegalArgumentException(
          "Vectors " + vectors + " cannot be exchanged among lanes " + lanes);
    }
    List<Integer> free = new ArrayList<>(lanes);
    List<Integer> moved = new ArrayList<>();
    for (int vector : vectors) {
      if (free.remove((Integer) vector)) {
        vectorOfLane[vector] = vector;
      } else {
        moved.add(vector);
      }
    }
    for (int i = 0; i < moved.size(); i++) {
      vectorOfLane[free.get(i)] = moved.get(i);
    }
  }

  /** Whether exclusive or with 0..n−1 stays among the lanes: n in a row from a multiple of n on. */
  private static boolean neighbours(List<Integer> lanes) {
    int n = lanes.size();
    boolean row = Integer.bitCount(n) == 1 && lanes.get(0) % n == 0;
    for (int i = 1; i < n; i++) {
      row &= lanes.get(i) == lanes.get(0) + i;
    }
    return row;
  }
}
