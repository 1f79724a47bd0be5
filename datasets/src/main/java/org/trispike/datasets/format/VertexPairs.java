package org.trispike.datasets.format;

import java.util.Arrays;

/**
 * Numbers the distinct pairs of a vertex and an attribute, in the order in which they come: each
 * becomes a vertex of its own. Time O(1) a pair; a vertex with very many attributes gets some pairs
 * twice, so that no file can make this slow.
 */
final class VertexPairs {
  private static final int LOOK_BACK = 16;

  private final int[] newest;
  private final Ints older = new Ints();
  private final Ints vertices = new Ints();
  private final Ints attributes = new Ints();

  VertexPairs(int count) {
    newest = new int[count];
    Arrays.fill(newest, -1);
  }

  int index(int vertex, int attribute) {
    int at = newest[vertex];
    for (int steps = 0; at >= 0 && steps < LOOK_BACK; steps++) {
      if (attributes.get(at) == attribute) {
        return at;
      }
      at = older.get(at);
    }
    int index = vertices.size();
    older.add(newest[vertex]);
    vertices.add(vertex);
    attributes.add(attribute);
    newest[vertex] = index;
    return index;
  }

  int size() {
    return vertices.size();
  }

  int vertex(int index) {
    return vertices.get(index);
  }

  int attribute(int index) {
    return attributes.get(index);
  }

  /** Forgets all pairs, in time O(pairs). */
  void clear() {
    for (int i = 0; i < vertices.size(); i++) {
      newest[vertices.get(i)] = -1;
    }
    older.clear();
    vertices.clear();
    attributes.clear();
  }
}
