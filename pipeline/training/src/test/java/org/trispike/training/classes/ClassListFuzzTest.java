package org.trispike.training.classes;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.trispike.datasets.UserError;

/** classes.json of any text. Replays its corpus unless it is told to fuzz. */
final class ClassListFuzzTest {
  @FuzzTest
  void classes(byte[] bytes) {
    try {
      ClassList list = ClassList.parse("classes.json", new String(bytes, StandardCharsets.UTF_8));
      assertThat(list.classes()).isNotEmpty();
    } catch (UserError e) {
      assertThat(e).hasMessageStartingWith("classes.json");
    }
  }
}
