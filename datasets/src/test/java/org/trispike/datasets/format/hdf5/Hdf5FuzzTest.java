package org.trispike.datasets.format.hdf5;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.trispike.datasets.format.Hostile;

/** HDF5 files of any bytes. Replays its corpus unless it is told to fuzz. */
final class Hdf5FuzzTest {
  @FuzzTest
  void clouds(byte[] bytes) {
    Hostile.read(
        () -> {
          Hdf5Clouds clouds = Hdf5Files.open(bytes, Hostile.LIMITS);
          return clouds.cloud(clouds.size() - 1);
        });
  }
}
