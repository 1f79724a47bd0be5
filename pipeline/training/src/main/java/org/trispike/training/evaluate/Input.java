package org.trispike.training.evaluate;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import org.trispike.datasets.source.BadRow;

/**
 * The shapes to measure.
 *
 * @param shapes reads them
 * @param units what tasks read, in order
 * @param word for a unit, in progress lines
 * @param rows in all, as far as they are usable
 * @param bad rows that are known to be none before anything is read
 * @param source in a few words
 * @param identity tells this input from any other
 * @param categories that occur
 * @param vectors whether its texts and pictures come with vectors in the model's space
 */
record Input<U extends Serializable>(
    Shapes<U> shapes,
    List<U> units,
    String word,
    long rows,
    List<BadRow> bad,
    String source,
    String identity,
    Collection<String> categories,
    boolean vectors) {
  Input {
    units = List.copyOf(units);
    bad = List.copyOf(bad);
    categories = List.copyOf(categories);
  }
}
