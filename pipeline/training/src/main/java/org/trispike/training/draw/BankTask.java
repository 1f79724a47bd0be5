package org.trispike.training.draw;

import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;

/** Reads the rows of a bank that one shard holds. */
final class BankTask implements FlatMapFunction<BankPart, BankRow> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<TrainingData> data;
  private final int round;

  BankTask(Broadcast<TrainingData> data, int round) {
    this.data = data;
    this.round = round;
  }

  @Override
  public Iterator<BankRow> call(BankPart part) {
    return data.value().bankRows(part, round).iterator();
  }
}
