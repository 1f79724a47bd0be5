package org.trispike.datasets.format.hdf5;

import static org.assertj.core.api.Assertions.assertThat;

import io.jhdf.api.DatasetCreationOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.kernels.KeyedRandom;

final class Hdf5DamageTest {
  private static final DatasetCreationOptions CHUNKS =
      DatasetCreationOptions.builder().chunkDimensions(2, 2, 3).shuffle().deflate().build();

  @TempDir Path folder;

  @Test
  void anyDamageIsCloudsOrANamedFault() throws IOException {
    damaged(Hdf5Files.fixture("modelnet.h5"), 1500);
    damaged(Hdf5Files.fixture("scanobjectnn.h5"), 1000);
    byte[] later =
        Hdf5Files.written(
            folder,
            file -> {
              file.putDataset("data", new float[6][5][3], CHUNKS);
              file.putDataset("label", new byte[6]);
            });
    damaged(later, 1000);
  }

  private static void damaged(byte[] bytes, int rounds) {
    int faults = 0;
    for (int round = 0; round < rounds; round++) {
      KeyedRandom random = KeyedRandom.of(round);
      byte[] copy =
          round % 4 == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes.clone();
      for (int i = random.nextInt(4); i >= 0 && copy.length > 0; i--) {
        // Headers come first and hold most of what can go wrong.
        int range = random.nextInt(2) == 0 ? Math.min(copy.length, 2048) : copy.length;
        copy[random.nextInt(range)] = (byte) random.nextInt(256);
      }
      try {
        Hdf5Clouds clouds = Hdf5Files.open(copy);
        clouds.cloud(clouds.size() - 1);
      } catch (CorruptInputException e) {
        assertThat(e.getMessage()).isNotBlank();
        faults++;
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("round " + round + ": " + e, e);
      }
    }
    assertThat(faults).isPositive();
  }
}
