package org.trispike.spiking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model of version 1, as it was written when that was new, is read and answers forever. */
final class ReleasedModelTest {
  private static final Offset<Float> CLOSE = within(1e-4f);

  @TempDir private Path folder;

  @Test
  void itGivesTheLogitsThatItGave() throws IOException {
    try (ZipInputStream zip =
        new ZipInputStream(getClass().getResourceAsStream("/released/1/model.zip"))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Files.copy(zip, folder.resolve(entry.getName()));
      }
    }
    SpikingModel model = SpikingModel.read(folder);
    assertThat(model.classes().get(1).prompts()).containsExactly("a class 1", "one \"1\"");
    assertThat(model.teacher().orElseThrow()).isEqualTo(new TeacherRef("teacher-1", "embedded"));
    float[][] logits = model.logits(Fixtures.batch(9, 2, 50));
    assertThat(logits[0])
        .containsExactly(new float[] {-2.4584265f, 1.26702f, 3.689453f, 1.3837891f}, CLOSE);
    assertThat(logits[1])
        .containsExactly(new float[] {-1.5733817f, 1.0834267f, 2.8108258f, 0.546596f}, CLOSE);
  }
}
