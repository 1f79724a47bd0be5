package org.trispike.training.checkpoint;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.Hostile;

/** state.json of any bytes. Replays its corpus unless it is told to fuzz. */
final class TrainingStateFuzzTest {
  @FuzzTest
  void state(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    Hostile.read(
        () -> {
          try {
            return TrainingState.parse(text, "state.json").toJson();
          } catch (UserError e) {
            return e.getMessage();
          }
        });
  }
}
