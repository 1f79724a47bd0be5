package org.trispike.spiking;

import java.util.List;

/**
 * A class that a model names.
 *
 * @param name what is shown
 * @param prompts the texts whose embedding the class is
 */
public record ModelClass(String name, List<String> prompts) {
  public ModelClass {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("A class needs a name");
    }
    prompts = List.copyOf(prompts);
  }
}
