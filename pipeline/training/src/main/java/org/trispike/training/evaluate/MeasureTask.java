package org.trispike.training.evaluate;

import java.io.IOException;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;

/** What an executor does: the models measure the shapes of a unit, one after the other. */
final class MeasureTask<U extends Serializable> implements Function<U, Measurement> {
  private static final long serialVersionUID = 1L;

  private final Shapes<U> source;
  private final Broadcast<Subject> subject;
  private final SerializableConfiguration hadoop;

  MeasureTask(Shapes<U> source, Broadcast<Subject> subject, Configuration hadoop) {
    this.source = source;
    this.subject = subject;
    this.hadoop = new SerializableConfiguration(hadoop);
  }

  @Override
  public Measurement call(U unit) throws IOException {
    try (Compute compute = Computes.cpu(1);
        Measuring measuring = new Measuring(subject.value(), compute)) {
      long start = System.nanoTime();
      source.read(hadoop.value(), unit, measuring::add, measuring::reject);
      return measuring.finish(System.nanoTime() - start);
    }
  }
}
