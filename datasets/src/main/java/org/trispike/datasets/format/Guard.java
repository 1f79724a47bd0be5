package org.trispike.datasets.format;

import java.io.IOException;

/** The one place where what third-party parsers throw becomes a named fault of the file. */
public final class Guard {
  /** A call into a parser. */
  @FunctionalInterface
  public interface Call<T> {
    T run() throws IOException, CorruptInputException;
  }

  private Guard() {}

  public static <T> T run(String file, Reason reason, String what, Call<T> call)
      throws CorruptInputException {
    try {
      return call.run();
    } catch (IOException | RuntimeException | StackOverflowError e) {
      String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new CorruptInputException(
          file,
          reason,
          what + " failed: " + e.getClass().getSimpleName() + ": " + Source.brief(message),
          e);
    }
  }
}
