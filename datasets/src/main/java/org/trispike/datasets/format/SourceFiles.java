package org.trispike.datasets.format;

import java.io.IOException;

/**
 * Files below one root, wherever that is. Paths are relative to it with {@code /} between their
 * parts; none leads out of it.
 */
public interface SourceFiles {
  /**
   * All bytes of a file.
   *
   * @param limitBytes the most that is read
   * @throws java.io.FileNotFoundException or {@link java.nio.file.NoSuchFileException} if there is
   *     no such file
   * @throws IOException if it cannot be read, is longer, or lies outside the root
   */
  byte[] read(String path, long limitBytes) throws IOException;

  boolean exists(String path) throws IOException;
}
