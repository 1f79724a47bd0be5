package org.trispike.datasets.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/**
 * Puts skinned meshes into their rest pose: a vertex goes to Σ w_j · G_j · B_j · v over its joints
 * j, with G_j where the joint is and B_j the inverse of where it was bound. Where the mesh hangs
 * plays no part. Weights are divided by their sum, which rounding may leave beside 1; glTF 2.0,
 * section 3.7.3.
 */
final class GltfSkins {
  /** Four joints each; what is used beyond them is not known. */
  private static final int MOST_SETS = 4;

  private final Source source;
  private final GltfJson json;
  private final GltfAccessors accessors;
  private final GltfNodes nodes;
  private final Map<Integer, double[][]> known = new HashMap<>();

  GltfSkins(Source source, GltfJson json, GltfAccessors accessors, GltfNodes nodes) {
    this.source = source;
    this.json = json;
    this.accessors = accessors;
    this.nodes = nodes;
  }

  /** The vertices of a primitive that has joints and weights. */
  float[] pose(int skin, JsonNode attributes, float[] xyz) throws CorruptInputException {
    double[][] joints = joints(skin);
    int vertices = xyz.length / 3;
    double[] sums = new double[vertices * 4];
    for (int set = 0; set < MOST_SETS && attributes.has("JOINTS_" + set); set++) {
      int joint = json.index(attributes, "JOINTS_" + set);
      int weight = json.index(attributes, "WEIGHTS_" + set);
      accessors.checkCount("JOINTS_" + set, joint, vertices);
      accessors.checkCount("WEIGHTS_" + set, weight, vertices);
      add(joints, accessors.ints(joint, 4), accessors.floats(weight, 4), xyz, sums);
    }
    float[] out = new float[xyz.length];
    for (int i = 0; i < vertices; i++) {
      double sum = sums[i * 4 + 3];
      if (sum == 0 && joints.length > 0) { // without weights, the first joint holds it
        add(joints[0], 1, xyz, sums, i);
        sum = 1;
      }
      for (int k = 0; k < 3; k++) {
        out[i * 3 + k] = (float) (sums[i * 4 + k] / sum);
      }
    }
    return out;
  }

  /** Where each joint of a skin takes a vertex. */
  private double[][] joints(int skin) throws CorruptInputException {
    JsonNode content = json.at("skins", skin);
    double[][] joints = known.get(skin);
    if (joints == null) {
      int[] at = json.indices(content, "joints");
      int bind = json.index(content, "inverseBindMatrices");
      joints = new double[at.length][];
      float[] inverse = bind < 0 ? null : accessors.floats(bind, 16);
      source.check(
          inverse == null || inverse.length / 16 >= at.length,
          Reason.BAD_HEADER,
          "A skin has fewer bind matrices than its %s joints",
          at.length);
      for (int j = 0; j < at.length; j++) {
        double[] global = nodes.global(at[j]);
        joints[j] = inverse == null ? global : Matrices.product(global, matrix(inverse, j));
      }
      known.put(skin, joints);
    }
    return joints;
  }

  private static double[] matrix(float[] from, int index) {
    double[] out = new double[16];
    for (int k = 0; k < 16; k++) {
      out[k] = from[index * 16 + k];
    }
    return out;
  }

  private void add(double[][] joints, int[] of, float[] weights, float[] xyz, double[] sums)
      throws CorruptInputException {
    for (int i = 0; i < of.length; i++) {
      if (weights[i] != 0) {
        int joint = of[i];
        source.check(
            joint >= 0 && joint < joints.length,
            Reason.INDEX_OUT_OF_RANGE,
            "A vertex hangs on joint %s of %s",
            Integer.toUnsignedLong(joint),
            joints.length);
        add(joints[joint], weights[i], xyz, sums, i / 4);
      }
    }
  }

  private static void add(double[] m, double weight, float[] xyz, double[] sums, int vertex) {
    double x = xyz[vertex * 3];
    double y = xyz[vertex * 3 + 1];
    double z = xyz[vertex * 3 + 2];
    int at = vertex * 4;
    sums[at] += weight * (m[0] * x + m[4] * y + m[8] * z + m[12]);
    sums[at + 1] += weight * (m[1] * x + m[5] * y + m[9] * z + m[13]);
    sums[at + 2] += weight * (m[2] * x + m[6] * y + m[10] * z + m[14]);
    sums[at + 3] += weight;
  }
}
