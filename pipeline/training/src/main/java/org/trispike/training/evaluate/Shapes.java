package org.trispike.training.evaluate;

import java.io.IOException;
import java.io.Serializable;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.row.Triplet;
import org.trispike.datasets.source.BadRow;

/**
 * Where shapes come from, unit by unit. A unit is fixed by the input alone; it is what one task
 * reads.
 *
 * @param <U> names a unit
 */
interface Shapes<U extends Serializable> extends Serializable {

  /**
   * Reads a unit's shapes in its order, with points and, as far as there are any, vectors.
   *
   * @param bad takes the rows that are none
   */
  void read(Configuration conf, U unit, Consumer<Triplet> shapes, Consumer<BadRow> bad)
      throws IOException;
}
