package org.trispike.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.spiking.EncoderSpec;

/** A checkpoint of version 1, as it was written when that was new, is read forever. */
final class ReleasedCheckpointTest {
  @TempDir private Path folder;

  @Test
  void trainingGoesOnFromIt() throws IOException {
    try (ZipInputStream zip =
        new ZipInputStream(getClass().getResourceAsStream("/released/1/checkpoint.zip"))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.copy(zip, file);
        }
      }
    }
    Checkpoint checkpoint = Checkpoints.latest(new Configuration(), folder.toString());
    assertThat(checkpoint.state().round()).isEqualTo(3);
    assertThat(checkpoint.state().score()).isEqualTo(0.25);
    assertThat(checkpoint.encoder().spec()).isEqualTo(EncoderSpec.standard("e3dsnn-t", 8));
    Resumable resumable =
        Checkpoints.in(new Configuration(), folder.toString()).readResumable("round-000003");
    float[] parameters = resumable.replica().parameters();
    assertThat(parameters).hasSize(1_872_249);
    for (int i = 0; i < parameters.length; i++) {
      if (parameters[i] != (i % 17 - 8) / 8f) {
        throw new AssertionError("Parameter " + i + " is " + parameters[i]);
      }
    }
  }
}
