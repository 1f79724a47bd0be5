package org.trispike.training.draw;

import java.io.Serializable;
import org.trispike.datasets.row.Triplet;
import org.trispike.kernels.KeyedRandom;

/**
 * A row of the bank: what the teacher says of one training row.
 *
 * @param address tells whether it is a row of a batch
 * @param text the teacher's vector of the drawn caption, or null
 * @param image the teacher's vector of the drawn picture, or null
 */
@SuppressWarnings("ArrayRecordComponent") // drawn, sent and dropped within one round
record BankRow(RowAddress address, float[] text, float[] image) implements Serializable {

  /** The draw of a row for a bank: a pure function of (seed, round, id). */
  static BankRow draw(DrawConfig config, RowAddress address, Triplet triplet, int round) {
    KeyedRandom random =
        KeyedRandom.of(NegativeBank.seed(config.seed()), round, KeyedRandom.hash(triplet.id()));
    // As of a sample: each part has a stream of its own.
    KeyedRandom caption = KeyedRandom.of(random.nextLong());
    KeyedRandom picture = KeyedRandom.of(random.nextLong());
    return new BankRow(
        address,
        Sample.text(config, StoredSample.texts(triplet), StoredSample.categories(triplet), caption),
        Sample.any(triplet.imageEmbeddings(), picture));
  }
}
