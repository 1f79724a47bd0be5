package org.trispike.datasets.shard;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.Hostile;

/** dataset.json of any bytes. Replays its corpus unless it is told to fuzz. */
final class ManifestFuzzTest {
  @FuzzTest
  void dataset(byte[] bytes) {
    Hostile.read(
        () -> {
          try {
            return ManifestJson.parse(bytes, "dataset.json");
          } catch (UserError e) {
            return e.getMessage();
          }
        });
  }
}
