package org.trispike.training.bank;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.util.SerializableConfiguration;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.bank.BankManifest;

/** What an executor does for a sample of whole rows: those that lie in its part, in their order. */
final class DrawTask implements Function<NumberedPart, float[]> {
  private static final long serialVersionUID = 1;

  private final String input;
  private final int columns;
  private final long[] sample;
  private final SerializableConfiguration hadoop;

  /**
   * @param sample numbers of rows, rising
   */
  DrawTask(String input, int columns, long[] sample, Configuration hadoop) {
    this.input = input;
    this.columns = columns;
    this.sample = sample;
    this.hadoop = new SerializableConfiguration(hadoop);
  }

  @Override
  public float[] call(NumberedPart part) throws IOException {
    ArtefactFolder folder = ArtefactFolder.of(hadoop.value(), input, BankManifest.FILE);
    FloatArray matrix = BankStore.rows(folder, part.part(), columns);
    return Rows.joined(part.drawn(sample, matrix));
  }
}
