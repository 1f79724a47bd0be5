package org.trispike.vq.bank;

import java.util.Objects;

/**
 * The space that rows and queries share.
 *
 * @param teacher id of the teacher whose texts the rows were
 * @param projection id of the trained map that took them to where shapes are
 * @param columns numbers of a row
 */
public record BankSpace(String teacher, String projection, int columns) {
  public BankSpace {
    Objects.requireNonNull(teacher);
    Objects.requireNonNull(projection);
    if (columns < 1) {
      throw new IllegalArgumentException("Rows of " + columns + " numbers");
    }
  }
}
