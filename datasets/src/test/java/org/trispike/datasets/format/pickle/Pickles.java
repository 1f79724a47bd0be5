package org.trispike.datasets.format.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.format.Reason;

/** Pickles that Python wrote, and such as a test writes down. */
final class Pickles {
  static final int[] PROTOCOLS = {0, 2, 3, 4, 5};

  private Pickles() {}

  static byte[] fixture(String name) throws IOException {
    try (InputStream in = Pickles.class.getResourceAsStream("/pickle/" + name)) {
      return in.readAllBytes();
    }
  }

  /** Instructions, a byte for each character. */
  static byte[] of(String instructions) {
    return instructions.getBytes(StandardCharsets.ISO_8859_1);
  }

  static Object read(byte[] bytes) throws CorruptInputException {
    return Unpickler.read("a.pkl", bytes, Limits.defaults());
  }

  static Object read(String instructions) throws CorruptInputException {
    return read(of(instructions));
  }

  static void refused(byte[] bytes, Reason reason, String message) {
    CorruptInputException fault =
        catchThrowableOfType(() -> read(bytes), CorruptInputException.class);
    assertThat(fault).as("no fault: %s", message).isNotNull();
    assertThat(fault.toString()).startsWith("a.pkl: ").contains(message).contains(", at byte ");
    assertThat(fault.reason()).as(fault.toString()).isEqualTo(reason);
  }

  static void refused(String instructions, Reason reason, String message) {
    refused(of(instructions), reason, message);
  }
}
