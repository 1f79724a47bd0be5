package org.trispike.datasets.format.pickle;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;
import org.trispike.datasets.format.Hostile;
import org.trispike.datasets.format.MemoryFiles;
import org.trispike.datasets.format.Source;

/** Pickles of any bytes. Replays its corpus unless it is told to fuzz. */
final class PickleFuzzTest {
  @FuzzTest
  void pickle(byte[] bytes) {
    Hostile.read(() -> Optional.ofNullable(Unpickler.read("a.pkl", bytes, Hostile.LIMITS)));
  }

  @FuzzTest
  void record(byte[] bytes) {
    MemoryFiles files = MemoryFiles.of("a.npy", bytes);
    Hostile.read(() -> OpenShapeRecord.read(Source.of(files, "a.npy", Hostile.LIMITS)));
  }
}
