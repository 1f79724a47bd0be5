package org.trispike.datasets.geometry;

import java.util.List;

/**
 * Triangles, in parts that each have one look. A part's order in the list has no meaning but stays
 * as it is in the file, so that sampling is the same each time.
 */
public record Mesh(List<MeshPart> parts) implements Shape {
  public Mesh {
    parts = List.copyOf(parts);
  }

  public int vertices() {
    return parts.stream().mapToInt(MeshPart::vertices).sum();
  }

  public int faces() {
    return parts.stream().mapToInt(MeshPart::faces).sum();
  }
}
