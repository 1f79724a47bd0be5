package org.trispike.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.geometry.Mesh;
import org.trispike.datasets.geometry.MeshPart;

/** Real GLB and glTF files, where there are some. {@link GltfReaderTest} always runs. */
final class GltfDataTest {
  private Path shapes;

  @BeforeEach
  void findData() {
    shapes = Path.of(System.getProperty("trispike.shared", "absent"), "shapes");
    assumeTrue(
        Files.isRegularFile(shapes.resolve("triplets.csv")),
        "The system property trispike.shared names no folder with shapes/triplets.csv");
  }

  @Test
  void everyListedFileIsAMeshOfSaneSize() throws IOException, CorruptInputException {
    LocalFiles files = new LocalFiles(shapes);
    List<String> names = names();
    assertThat(names).hasSizeGreaterThan(900);
    for (String name : names) {
      Mesh mesh = (Mesh) ShapeReader.read(files, name, Limits.defaults(), new TextureCache());
      double size = diagonal(mesh);
      assertThat(size).as(name).isBetween(1e-3, 1e4);
    }
  }

  @Test
  void compressedFilesAreRefusedByName() {
    LocalFiles files = new LocalFiles(shapes);
    assertThatThrownBy(
            () ->
                ShapeReader.read(
                    files, "quaternius_draco/Bush_1-transformed.glb", Limits.defaults()))
        .hasToString(
            "quaternius_draco/Bush_1-transformed.glb: UNSUPPORTED: "
                + "It requires KHR_draco_mesh_compression, which is not read here");
  }

  @Test
  void filesOfOtherFormatsEndInNamedFaults() throws IOException {
    LocalFiles files = new LocalFiles(shapes.resolve("format_zoo"));
    try (Stream<Path> zoo = Files.list(shapes.resolve("format_zoo"))) {
      for (Path path : zoo.toList()) {
        Source source =
            new Source(files, path.getFileName().toString(), Limits.defaults(), new TextureCache());
        boolean gltf = source.path().contains(".gl");
        try {
          GltfReader.read(source);
          assertThat(gltf).as(source.path()).isTrue();
        } catch (CorruptInputException e) {
          assertThat(gltf).as(e.toString()).isFalse();
        }
      }
    }
  }

  private List<String> names() throws IOException {
    try (Stream<String> lines = Files.lines(shapes.resolve("triplets.csv"))) {
      return lines
          .map(line -> line.substring(0, Math.max(0, line.indexOf(','))))
          .filter(name -> name.endsWith(".glb") || name.endsWith(".gltf"))
          .toList();
    }
  }

  private static double diagonal(Mesh mesh) {
    float[] low = {Float.MAX_VALUE, Float.MAX_VALUE, Float.MAX_VALUE};
    float[] high = {-Float.MAX_VALUE, -Float.MAX_VALUE, -Float.MAX_VALUE};
    for (MeshPart part : mesh.parts()) {
      for (int i = 0; i < part.xyz().length; i++) {
        low[i % 3] = Math.min(low[i % 3], part.xyz()[i]);
        high[i % 3] = Math.max(high[i % 3], part.xyz()[i]);
      }
    }
    return Math.sqrt(
        Math.pow(high[0] - low[0], 2)
            + Math.pow(high[1] - low[1], 2)
            + Math.pow(high[2] - low[2], 2));
  }
}
