package org.trispike.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import org.trispike.kernels.KeyedRandom;

/** Reads what must not be readable. */
final class Faults {
  private Faults() {}

  static void expect(String path, String text, Reason reason, String message) {
    expect(MemoryFiles.of(path, text), path, Limits.defaults(), reason, message);
  }

  static void expect(String path, byte[] bytes, Reason reason, String message) {
    expect(MemoryFiles.of(path, bytes), path, Limits.defaults(), reason, message);
  }

  static void expect(SourceFiles files, String path, Limits limits, Reason reason, String message) {
    CorruptInputException fault =
        catchThrowableOfType(
            () -> ShapeReader.read(files, path, limits), CorruptInputException.class);
    assertThat(fault).as("%s: no fault", path).isNotNull();
    assertThat(fault.toString()).contains(message);
    assertThat(fault.reason()).as(fault.toString()).isEqualTo(reason);
  }

  /** Every beginning of a file is a shape or a named fault. */
  static int truncated(String path, byte[] bytes) {
    int shapes = 0;
    for (int length = 0; length < bytes.length; length++) {
      byte[] start = Arrays.copyOf(bytes, length);
      shapes += readable(path, start, "cut to " + length) ? 1 : 0;
    }
    return shapes;
  }

  /** A file with one to four bytes changed is a shape or a named fault. */
  static int damaged(String path, byte[] bytes, int rounds) {
    int shapes = 0;
    for (int round = 0; round < rounds; round++) {
      KeyedRandom random = KeyedRandom.of(round);
      byte[] copy = bytes.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
      }
      shapes += readable(path, copy, "damaged in round " + round) ? 1 : 0;
    }
    return shapes;
  }

  private static boolean readable(String path, byte[] bytes, String what) {
    try {
      assertThat(MemoryFiles.of(path, bytes).shape(path)).isNotNull();
      return true;
    } catch (CorruptInputException e) {
      assertThat(e.getMessage()).isNotBlank();
      return false;
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(path + ", " + what + ": " + e, e);
    }
  }
}
