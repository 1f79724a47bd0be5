package org.trispike.training.evaluate;

import java.io.Serializable;
import org.trispike.spiking.Inference;
import org.trispike.spiking.OpenVocabulary;
import org.trispike.training.classes.ClassList;
import org.trispike.vq.scan.Hit;

/**
 * A shape and the rows of a bank that were found for it.
 *
 * @param key of its category, free of spelling; "" without one
 * @param query its mean direction, empty if it excites nothing
 * @param rows found by the search that {@code predict} makes, best first
 */
@SuppressWarnings("ArrayRecordComponent") // passed from task to driver
record NamedShape(String key, float[] query, int[] rows) implements Serializable {
  /** Rows that are kept. */
  static final int TOP = 5;

  static NamedShape of(OpenVocabulary names, Inference inference, String category) {
    String key = ClassList.labels(category) ? ClassList.key(category) : "";
    float[] query = names.query(inference).orElse(new float[0]);
    int[] rows =
        query.length == 0
            ? new int[0]
            : names.search(query, TOP).stream().limit(TOP).mapToInt(Hit::row).toArray();
    return new NamedShape(key, query, rows);
  }
}
