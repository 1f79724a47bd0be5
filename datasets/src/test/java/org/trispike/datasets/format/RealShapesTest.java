package org.trispike.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Shapes that other programs wrote; the tests of the single readers do the same with generated
 * files.
 */
final class RealShapesTest {
  private static final Set<String> HERE = Set.of("obj", "off", "ply", "stl", "npy", "npz");

  private static Path shapes;

  @BeforeAll
  static void findShapes() {
    shapes = SharedData.folder("shapes");
  }

  private static boolean here(String path) {
    return HERE.contains(ShapeReader.extension(path));
  }

  @Test
  void everyListedShapeIsRead() throws IOException {
    LocalFiles files = new LocalFiles(shapes);
    List<String> faults = new ArrayList<>();
    int read = 0;
    for (String line : Files.readAllLines(shapes.resolve("triplets.csv"))) {
      String path = line.substring(0, line.indexOf(','));
      if (here(path)) {
        try {
          ShapeReader.read(files, path, Limits.defaults());
          read++;
        } catch (CorruptInputException e) {
          faults.add(e.toString());
        }
      }
    }
    assertThat(faults).isEmpty();
    assertThat(read).isPositive();
  }

  @Test
  void oddFilesAreShapesOrNamedFaults() throws IOException {
    LocalFiles files = new LocalFiles(shapes);
    List<String> faults = new ArrayList<>();
    for (String folder : new String[] {"format_zoo", "modelnet_off", "scanned_objects"}) {
      try (Stream<Path> paths = Files.walk(shapes.resolve(folder))) {
        for (Path file : paths.filter(Files::isRegularFile).sorted().toList()) {
          String path = shapes.relativize(file).toString();
          if (here(path)) {
            try {
              ShapeReader.read(files, path, Limits.defaults());
            } catch (CorruptInputException e) {
              faults.add(path + " " + e.reason());
            }
          }
        }
      }
    }
    assertThat(faults).containsExactly("format_zoo/empty.ply EMPTY", "format_zoo/empty.stl EMPTY");
  }
}
