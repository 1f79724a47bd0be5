package org.trispike.datasets.row;

import java.util.Objects;

/**
 * A file that a triplet was made from.
 *
 * @param path relative to the root of the input
 * @param sha256 of its bytes, 64 hexadecimal digits
 */
public record SourceFile(String path, String sha256) {
  public SourceFile {
    Objects.requireNonNull(path);
    Objects.requireNonNull(sha256);
  }
}
