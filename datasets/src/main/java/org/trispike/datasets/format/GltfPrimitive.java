package org.trispike.datasets.format;

import com.fasterxml.jackson.databind.JsonNode;
import org.trispike.datasets.geometry.Look;

/**
 * What is drawn at once: a part of a mesh, where it has not been moved yet.
 *
 * @param attributes the accessor of each attribute
 * @param xyz [vertices · 3]
 * @param triangles [faces · 3] indices of vertices; empty for points
 * @param points indices of vertices; empty for triangles
 * @param look its colours
 */
@SuppressWarnings("ArrayRecordComponent") // large arrays that are passed through
record GltfPrimitive(JsonNode attributes, float[] xyz, int[] triangles, int[] points, Look look) {
  int vertices() {
    return xyz.length / 3;
  }
}
