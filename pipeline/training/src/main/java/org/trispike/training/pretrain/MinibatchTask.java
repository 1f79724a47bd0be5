package org.trispike.training.pretrain;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.trispike.training.draw.NegativeBank;
import org.trispike.training.draw.TrainingData;

/**
 * The mini-batches of one replica in one round, drawn one at a time as they are asked for. Replica
 * w takes every W-th batch, so the batches of a step are neighbours in the order of samples.
 */
final class MinibatchTask implements Function2<Integer, Iterator<Integer>, Iterator<MultiDataSet>> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<TrainingData> data;
  private final Broadcast<NegativeBank> bank;
  private final int replicas;
  private final int done;
  private final int steps;

  /**
   * @param bank negatives of the round
   * @param done steps of each replica before the round
   * @param steps of the round
   */
  MinibatchTask(
      Broadcast<TrainingData> data,
      Broadcast<NegativeBank> bank,
      int replicas,
      int done,
      int steps) {
    this.data = data;
    this.bank = bank;
    this.replicas = replicas;
    this.done = done;
    this.steps = steps;
  }

  @Override
  public Iterator<MultiDataSet> call(Integer replica, Iterator<Integer> unused) {
    TrainingData source = data.value();
    NegativeBank negatives = bank.value();
    return new Iterator<>() {
      private int step;

      @Override
      public boolean hasNext() {
        return step < steps;
      }

      @Override
      public MultiDataSet next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        long number = (long) (done + step++) * replicas + replica;
        return source.batch(number, negatives).toMultiDataSet();
      }
    };
  }
}
