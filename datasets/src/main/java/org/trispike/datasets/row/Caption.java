package org.trispike.datasets.row;

import java.util.Objects;

/**
 * A text about a shape.
 *
 * @param source where it comes from: {@link #TEXT} or {@link #CATEGORY}
 */
public record Caption(String text, String source) {
  /** The row's own texts. */
  public static final String TEXT = "text";

  /** The name of the row's category, with spaces for its underscores. */
  public static final String CATEGORY = "category";

  public Caption {
    Objects.requireNonNull(text);
    Objects.requireNonNull(source);
  }
}
