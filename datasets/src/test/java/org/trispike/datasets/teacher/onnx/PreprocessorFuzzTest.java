package org.trispike.datasets.teacher.onnx;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.Hostile;

/** preprocessor_config.json of any bytes. Replays its corpus unless it is told to fuzz. */
final class PreprocessorFuzzTest {
  @FuzzTest
  void preprocessor(byte[] bytes) {
    Hostile.read(
        () -> {
          try {
            return PreprocessorFile.read("preprocessor_config.json", bytes);
          } catch (UserError e) {
            return e.getMessage();
          }
        });
  }
}
