package org.trispike.jobs.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.UserError;

final class InspectActionTest {
  @TempDir private Path folder;

  private List<String> inspect(Path file, Path out) {
    return new InspectAction(new Configuration(), file.toString(), Optional.ofNullable(out), 3, "")
        .run();
  }

  @Test
  void aMeshIsCountedAndWrittenAsCloudAndViews() throws IOException {
    Path file = folder.resolve("in/a b.off");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file, "OFF\n4 4 0\n0 0 0\n1 0 0\n0 1 0\n0 0 2\n3 0 2 1\n3 0 1 3\n3 1 2 3\n3 0 3 2\n");
    Path out = folder.resolve("out");
    List<String> lines = inspect(file, out);
    // Three right triangles, of 1/2, 1 and 1, and one with the sides √2, √5, √5: 3/2.
    assertThat(lines)
        .startsWith(
            "a b.off: a mesh of 1 parts, 4 vertices, 4 faces, area 4.000",
            "  from (0.000, 0.000, 0.000) to (1.000, 1.000, 2.000)");
    assertThat(out.resolve("a_b.off.ply")).isNotEmptyFile();
    assertThat(ImageIO.read(out.resolve("a_b.off-3.png").toFile()).getWidth()).isEqualTo(224);
    assertThat(inspect(out.resolve("a_b.off.ply"), null).get(0))
        .startsWith("a_b.off.ply: a cloud of 10000 points from");
  }

  @Test
  void eventsAreCountedAndWrittenAsFrames() throws IOException {
    Path file = folder.resolve("two.bs2");
    // x, y, polarity and high time bits, two bytes of time: at 10 and at 266 microseconds.
    Files.write(file, new byte[] {3, 4, (byte) 0x80, 0, 10, 5, 1, 0, 1, 10});
    Path out = folder.resolve("frames");
    assertThat(inspect(file, out).get(0))
        .startsWith("two.bs2: 2 events in 0.000256 s")
        .contains("50.0 % brighter");
    var first = ImageIO.read(out.resolve("two.bs2-0.png").toFile());
    assertThat(first.getRGB(3, 4) & 0xFF).isEqualTo(255);
    assertThat(first.getRGB(0, 0) & 0xFF).isEqualTo(127);
  }

  @Test
  void whatCannotBeLookedAtSaysWhy() throws IOException {
    Path file = folder.resolve("x.glb");
    Files.writeString(file, "no");
    assertThatThrownBy(() -> inspect(file, null))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(file.toString());
    assertThatThrownBy(() -> inspect(folder, null))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is neither a file nor a dataset");
  }
}
