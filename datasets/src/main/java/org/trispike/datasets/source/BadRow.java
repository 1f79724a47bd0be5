package org.trispike.datasets.source;

import java.io.Serializable;
import java.util.Objects;

/**
 * A row that cannot be used, and why.
 *
 * @param file the file at fault: the list itself, or a file that the row names
 * @param line of the row in the list, from 1
 * @param id of the row, or "" if it has none
 * @param reason a code such as {@code TRUNCATED}
 * @param message what is wrong, in a sentence
 */
public record BadRow(String file, long line, String id, String reason, String message)
    implements Serializable {
  public BadRow {
    Objects.requireNonNull(file);
    Objects.requireNonNull(id);
    Objects.requireNonNull(reason);
    Objects.requireNonNull(message);
  }
}
