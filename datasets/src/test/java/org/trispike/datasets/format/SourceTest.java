package org.trispike.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourceTest {
  @TempDir private Path folder;

  private static String sibling(String reference) throws CorruptInputException {
    return new Source(new MemoryFiles(), "a/b/c.obj", Limits.defaults(), new TextureCache())
        .sibling(reference);
  }

  @Test
  void findsNeighbours() throws CorruptInputException {
    assertThat(sibling("d.mtl")).isEqualTo("a/b/d.mtl");
    assertThat(sibling("./x/.//d e.mtl")).isEqualTo("a/b/x/d e.mtl");
    assertThat(sibling("..\\d.mtl")).isEqualTo("a/d.mtl");
    assertThat(sibling("../../d.mtl")).isEqualTo("d.mtl");
    assertThat(sibling("...")).isEqualTo("a/b/...");
  }

  @Test
  void refusesWaysOutOfTheRoot() {
    for (String reference :
        new String[] {
          "../../../d",
          "x/../../../../d",
          "/etc/passwd",
          "\\\\host\\d",
          "C:\\d",
          "file:d",
          "http://host/d",
          "",
          "  ",
          "../..",
          "a\0b"
        }) {
      assertThatThrownBy(() -> sibling(reference))
          .as(reference)
          .isInstanceOfSatisfying(
              CorruptInputException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED))
          .satisfies(e -> assertThat(((CorruptInputException) e).file()).isEqualTo("a/b/c.obj"));
    }
  }

  @Test
  void longReferencesAreCutInMessages() {
    assertThatThrownBy(() -> sibling("/" + "x".repeat(1000)))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(120).contains("..."));
  }

  @Test
  void localFilesStayBelowTheirFolder() throws IOException {
    Path root = Files.createDirectory(folder.resolve("root"));
    Files.writeString(folder.resolve("secret"), "no");
    Files.writeString(root.resolve("a b"), "yes");
    Files.createSymbolicLink(root.resolve("link"), root.resolve("a b"));
    LocalFiles files = new LocalFiles(root);
    assertThat(files.read("a b", 3)).asString().isEqualTo("yes");
    assertThat(files.read("link", 3)).asString().isEqualTo("yes");
    assertThat(files.read("x/../a b", 3)).hasSize(3);
    assertThat(files.exists("a b")).isTrue();
    assertThat(files.exists("c")).isFalse();
    for (String path : new String[] {"../secret", "/etc/passwd", root + "/a b", "x/../../secret"}) {
      assertThatThrownBy(() -> files.read(path, 99)).as(path).hasMessageContaining("leads out of");
      assertThatThrownBy(() -> files.exists(path)).as(path).isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> files.read("c", 9)).isInstanceOf(FileNotFoundException.class);
    assertThatThrownBy(() -> files.read("", 9)).isInstanceOf(FileNotFoundException.class);
    assertThatThrownBy(() -> files.read("a\0", 9)).hasMessageContaining("is no path");
    assertThatThrownBy(() -> files.read("a b", 2)).hasMessage("a b has 3 bytes, above 2");
  }

  @Test
  void whatCannotBeReadIsANamedFault() throws IOException {
    Files.writeString(folder.resolve("a.off"), "OFF");
    Files.writeString(folder.resolve("a.max"), "OFF");
    LocalFiles files = new LocalFiles(folder);
    Limits all = Limits.defaults();
    Limits two = GivenLimits.of("file-bytes = 2");
    Faults.expect(files, "a.off", two, Reason.TOO_LARGE, "a.off has 3 bytes, above 2");
    Faults.expect(files, "b.off", all, Reason.MISSING, "There is no such file");
    Faults.expect(files, "../b.off", all, Reason.CORRUPT_INPUT, "leads out of");
    Faults.expect(files, "a.max", all, Reason.UNSUPPORTED, "glb, gltf, npy");
    Faults.expect(files, "a", all, Reason.UNSUPPORTED, "not in ''");
  }
}
