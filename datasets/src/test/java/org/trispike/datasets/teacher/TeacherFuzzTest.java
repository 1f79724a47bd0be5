package org.trispike.datasets.teacher;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.trispike.datasets.format.Hostile;

/** What the files of a teacher may be. Replays its corpus unless it is told to fuzz. */
final class TeacherFuzzTest {
  @FuzzTest
  void manifest(byte[] bytes) {
    Hostile.read(
        () -> {
          try {
            return Teachers.of(
                bytes,
                () -> {
                  throw new FileNotFoundException("image-tower.bin");
                },
                () -> {
                  throw new FileNotFoundException("the towers of CLIP");
                });
          } catch (IOException | IllegalArgumentException e) {
            return e.getMessage();
          }
        });
  }

  @FuzzTest
  void tower(byte[] bytes) {
    Hostile.read(
        () -> {
          try {
            return TowerFile.read(bytes).dimension();
          } catch (IllegalArgumentException e) {
            return e.getMessage();
          }
        });
  }
}
