package org.trispike.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.trispike.kernels.KeyedRandom;

/** What a reader says of files that it must not take. */
public final class Refusal {
  /** Any reader of one file. */
  @FunctionalInterface
  public interface Reader {
    Object read(Source source) throws CorruptInputException;
  }

  private final Reader reader;
  private final String path;

  private Refusal(Reader reader, String path) {
    this.reader = reader;
    this.path = path;
  }

  /** The refusals of a reader. */
  public static Refusal of(String path, Reader reader) {
    return new Refusal(reader, path);
  }

  /** A file in memory. */
  public static Source file(String path, byte[] bytes) {
    return Source.of(MemoryFiles.of(path, bytes), path, Limits.defaults());
  }

  /** A text file in memory. */
  public static Source file(String path, String... lines) {
    return file(path, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }

  public void expect(Reason reason, String message, String... lines) {
    expect(reason, message, file(path, lines));
  }

  public void expect(Reason reason, String message, byte[] bytes) {
    expect(reason, message, file(path, bytes));
  }

  public void expect(Reason reason, String message, Source source) {
    CorruptInputException fault =
        catchThrowableOfType(() -> reader.read(source), CorruptInputException.class);
    assertThat(fault).as("%s: no fault", path).isNotNull();
    assertThat(fault.toString()).contains(message).startsWith(path);
    assertThat(fault.reason()).as(fault.toString()).isEqualTo(reason);
  }

  /** Any beginning of the file, and any damage to it, can be read or is a named fault. */
  public void ofDamage(byte[] bytes) {
    for (int length = 0; length < bytes.length; length += 1 + bytes.length / 1000) {
      readable(Arrays.copyOf(bytes, length), "cut to " + length);
    }
    for (int round = 0; round < 2000; round++) {
      KeyedRandom random = KeyedRandom.of(round);
      byte[] copy = bytes.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
      }
      readable(copy, "damaged in round " + round);
    }
  }

  private void readable(byte[] bytes, String what) {
    try {
      assertThat(reader.read(file(path, bytes))).isNotNull();
    } catch (CorruptInputException e) {
      assertThat(e.getMessage()).isNotBlank();
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(path + ", " + what + ": " + e, e);
    }
  }
}
