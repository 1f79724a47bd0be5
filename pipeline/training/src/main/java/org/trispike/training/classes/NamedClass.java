package org.trispike.training.classes;

import java.util.List;
import java.util.Objects;

/**
 * A class and what it is called.
 *
 * @param name of the class, as results show it
 * @param names for it, which templates turn into prompts; at least one
 */
public record NamedClass(String name, List<String> names) {
  public NamedClass {
    Objects.requireNonNull(name);
    names = List.copyOf(names);
    if (names.isEmpty()) {
      throw new IllegalArgumentException("Class '" + name + "' has no names");
    }
  }
}
