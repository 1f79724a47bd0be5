package org.trispike.training.bank;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;
import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.bank.BankManifest;
import org.trispike.vq.train.ProductTraining;

/** What a part of a bank gives to the fit: its share of each codebook's sample, and of queries. */
final class SampleTask implements Function<NumberedPart, SampleTask.Share> {
  private static final long serialVersionUID = 1;

  private final String input;
  private final int rows;
  private final int columns;
  private final int queries;
  private final Broadcast<float[]> rotation;
  private final SerializableConfiguration hadoop;

  /**
   * @param vectors of each codebook, [drawn here, x], in the order of its sample
   * @param queries rows that queries are made of, in the order of the queries
   */
  @SuppressWarnings("ArrayRecordComponent") // passed through
  record Share(float[][] vectors, float[][] queries) implements Serializable {}

  /**
   * @param rotation of the rows before they are encoded; empty for none
   */
  SampleTask(
      BankConfig config, int rows, int columns, Broadcast<float[]> rotation, Configuration hadoop) {
    this.input = config.input();
    this.rows = rows;
    this.columns = columns;
    this.queries = config.queries();
    this.rotation = rotation;
    this.hadoop = new SerializableConfiguration(hadoop);
  }

  @Override
  public Share call(NumberedPart part) throws IOException {
    ArtefactFolder folder = ArtefactFolder.of(hadoop.value(), input, BankManifest.FILE);
    FloatArray matrix = BankStore.rows(folder, part.part(), columns);
    try (Compute compute = Computes.cpu(1)) {
      FloatArray rotated = Pq4.rotated(compute, matrix, rotation.value());
      ProductTraining training = Pq4.training(compute, rows, columns);
      float[][] vectors = new float[training.codebooks()][];
      for (int codebook = 0; codebook < vectors.length; codebook++) {
        List<float[]> drawn = new ArrayList<>();
        for (float[] row : part.drawn(training.sample(codebook), rotated)) {
          drawn.add(training.vector(row, codebook));
        }
        vectors[codebook] = Rows.joined(drawn);
      }
      long[] held = HeldOut.rows(rows, queries);
      return new Share(vectors, part.drawn(held, matrix).toArray(float[][]::new));
    }
  }
}
