package org.trispike.datasets.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Arrays;

/** The nodes of a glTF file: trees, in which each node moves all below it. */
final class GltfNodes {
  private static final double[] IDENTITY = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};

  private final Source source;
  private final GltfJson json;
  private final int[] parents;
  private final double[][] globals;

  GltfNodes(Source source, GltfJson json) throws CorruptInputException {
    this.source = source;
    this.json = json;
    this.parents = new int[json.size("nodes")];
    this.globals = new double[parents.length][];
    findParents();
    checkDepth();
  }

  /** The nodes of the scene to show, each before those below it. */
  int[] shown() throws CorruptInputException {
    ArrayDeque<Integer> left = new ArrayDeque<>();
    for (int root : roots()) {
      left.addLast(root);
    }
    boolean[] seen = new boolean[parents.length];
    Ints out = new Ints();
    while (!left.isEmpty()) {
      int node = left.removeFirst();
      JsonNode content = json.at("nodes", node);
      if (!seen[node]) {
        seen[node] = true;
        out.add(node);
        int[] children = json.indices(content, "children");
        for (int i = children.length - 1; i >= 0; i--) {
          left.addFirst(children[i]);
        }
      }
    }
    return out.toArray();
  }

  /** Where a node puts what hangs on it. */
  double[] global(int node) throws CorruptInputException {
    source.check(
        node >= 0 && node < parents.length,
        Reason.INDEX_OUT_OF_RANGE,
        "Node %s is outside the %s nodes",
        node,
        parents.length);
    ArrayDeque<Integer> chain = new ArrayDeque<>();
    for (int at = node; at >= 0 && globals[at] == null; at = parents[at]) {
      chain.push(at);
    }
    for (int at : chain) {
      double[] local = local(json.at("nodes", at));
      globals[at] = parents[at] < 0 ? local : Matrices.product(globals[parents[at]], local);
    }
    return globals[node];
  }

  /** Those of the default scene, or of the first; without scenes, all that have no parent. */
  private int[] roots() throws CorruptInputException {
    if (json.size("scenes") > 0) {
      int scene = json.index(json.root(), "scene");
      return json.indices(json.at("scenes", Math.max(0, scene)), "nodes");
    }
    Ints roots = new Ints();
    for (int node = 0; node < parents.length; node++) {
      if (parents[node] < 0) {
        roots.add(node);
      }
    }
    return roots.toArray();
  }

  private double[] local(JsonNode node) throws CorruptInputException {
    if (node.has("matrix")) {
      return json.numbers(node, "matrix", IDENTITY);
    }
    return Matrices.of(
        json.numbers(node, "translation", 0, 0, 0),
        json.numbers(node, "rotation", 0, 0, 0, 1),
        json.numbers(node, "scale", 1, 1, 1));
  }

  private void findParents() throws CorruptInputException {
    Arrays.fill(parents, -1);
    for (int node = 0; node < parents.length; node++) {
      for (int child : json.indices(json.at("nodes", node), "children")) {
        json.at("nodes", child);
        source.check(parents[child] < 0, Reason.BAD_HEADER, "Node %s has two parents", child);
        parents[child] = node;
      }
    }
  }

  /** As each node has one parent at most, a way up that does not end is a circle. */
  private void checkDepth() throws CorruptInputException {
    int[] depths = new int[parents.length];
    for (int node = 0; node < parents.length; node++) {
      int steps = 0;
      int top = node;
      while (top >= 0 && depths[top] == 0) {
        source.check(steps++ < parents.length, Reason.BAD_HEADER, "Node %s is below itself", node);
        top = parents[top];
      }
      int depth = steps + (top < 0 ? 0 : depths[top]);
      source.check(
          depth <= source.limits().nodeDepth(),
          Reason.TOO_LARGE,
          "Its nodes are %s deep, above %s",
          depth,
          source.limits().nodeDepth());
      for (int at = node; at != top; at = parents[at]) {
        depths[at] = depth--;
      }
    }
  }
}
