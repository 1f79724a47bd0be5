package org.trispike.training.bank;

import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.datasets.store.TaskOutput;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;
import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.TrainedCodebooks;
import org.trispike.vq.bank.BankFile;
import org.trispike.vq.bank.BankManifest;
import org.trispike.vq.bank.BankPart;
import org.trispike.vq.bank.BankVectors;
import org.trispike.vq.scan.Candidates;
import org.trispike.vq.scan.CodeScan;
import org.trispike.vq.scan.ScanBank;
import org.trispike.vq.scan.ScanQuery;

/** What an executor does: a part in, the same part with codes out, and how well they find rows. */
final class CodesTask implements Function<NumberedPart, CodesTask.Coded> {
  private static final long serialVersionUID = 1;

  private final String input;
  private final String output;
  private final int rows;
  private final boolean half;
  private final Broadcast<Shared> shared;
  private final TaskOutput target;
  private final SerializableConfiguration hadoop;

  /**
   * What all parts need.
   *
   * @param codebooks a table a sub-space
   * @param queries one after the other
   */
  @SuppressWarnings("ArrayRecordComponent") // passed through
  record Shared(float[] codebooks, float[] queries, int columns) implements Serializable {

    TrainedCodebooks trained() {
      int entries = Pq4.CONFIG.entries();
      int length = Pq4.CONFIG.vectorLength();
      int[] shape = {codebooks.length / (entries * length), 1, entries, length};
      return new TrainedCodebooks(new FloatArray(shape, codebooks));
    }

    FloatArray matrix() {
      return new FloatArray(new int[] {queries.length / columns, columns}, queries);
    }
  }

  /** A part that was written, and what its codes are worth. */
  record Coded(BankPart part, Recall recall) implements Serializable {}

  CodesTask(
      BankConfig config,
      BankManifest manifest,
      Broadcast<Shared> shared,
      TaskOutput target,
      Configuration hadoop) {
    this.input = config.input();
    this.output = config.output();
    this.rows = manifest.rows();
    this.half = manifest.half();
    this.shared = shared;
    this.target = target;
    this.hadoop = new SerializableConfiguration(hadoop);
  }

  @Override
  public Coded call(NumberedPart numbered) throws IOException {
    BankPart part = numbered.part();
    int columns = shared.value().columns();
    ArtefactFolder source = ArtefactFolder.of(hadoop.value(), input, BankManifest.FILE);
    ArtefactFolder folder = ArtefactFolder.of(hadoop.value(), output, BankManifest.FILE);
    long attempt = TaskContext.get().taskAttemptId();
    FloatArray matrix = BankStore.rows(source, part, columns);
    try (Compute compute = Computes.cpu(1)) {
      TrainedCodebooks codebooks = shared.value().trained();
      byte[] codes =
          ScanBank.of(Pq4.training(compute, rows, columns).encode(matrix, codebooks)).codes();
      String vectors = part.vectors().name();
      BankFile written =
          BankStore.write(
              target.create(folder, vectors, attempt),
              vectors,
              out -> BankVectors.write(out, matrix, half, Optional.of(codes)));
      byte[] text = BankStore.bytes(source, part.names());
      String names = part.names().name();
      BankFile lines =
          BankStore.write(target.create(folder, names, attempt), names, out -> out.write(text));
      int first = numbered.number() * BankPart.ROWS;
      FloatArray queries = shared.value().matrix();
      List<Candidates> candidates =
          candidates(new CodeScan(codebooks, columns), queries, codes, first, part.rows());
      return new Coded(
          new BankPart(part.rows(), written, lines),
          Recall.of(compute, queries, matrix, first, candidates));
    }
  }

  private static List<Candidates> candidates(
      CodeScan scan, FloatArray queries, byte[] codes, int first, int rows) {
    int columns = queries.shape()[1];
    List<Candidates> candidates = new ArrayList<>();
    for (int from = 0; from < queries.data().length; from += columns) {
      float[] query = Arrays.copyOfRange(queries.data(), from, from + columns);
      ScanQuery pass = scan.query(query, Math.min(rows, Recall.DEEPEST));
      pass.add(ByteBuffer.wrap(codes), first, rows);
      candidates.add(pass.best());
    }
    return candidates;
  }
}
