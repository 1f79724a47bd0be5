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
import org.trispike.vq.train.CoarseTraining;

/** What an executor does: a part in, the same part with codes out, and how well they find rows. */
final class CodesTask implements Function<NumberedPart, CodesTask.Coded> {
  private static final long serialVersionUID = 1;

  private final String input;
  private final String output;
  private final int rows;
  private final boolean half;
  private final int perFile;
  private final Broadcast<Shared> shared;
  private final TaskOutput target;
  private final SerializableConfiguration hadoop;

  /**
   * What all parts need.
   *
   * @param codebooks a table a sub-space
   * @param rotation of the rows before they are encoded; empty for none
   * @param queries one after the other
   * @param directions of the lists, [lists, columns]; empty for a bank without lists
   */
  @SuppressWarnings("ArrayRecordComponent") // passed through
  record Shared(
      float[] codebooks, float[] rotation, float[] queries, int columns, float[] directions)
      implements Serializable {

    int lists() {
      return directions.length / columns;
    }

    TrainedCodebooks trained() {
      int entries = Pq4.CONFIG.entries();
      int length = Pq4.CONFIG.vectorLength();
      int[] shape = {codebooks.length / (entries * length), 1, entries, length};
      return new TrainedCodebooks(new FloatArray(shape, codebooks));
    }

    CodeScan scan() {
      return new CodeScan(trained(), columns, Pq4.rotation(rotation, columns));
    }

    FloatArray directionMatrix() {
      return new FloatArray(new int[] {lists(), columns}, directions);
    }

    float[] query(int number) {
      return Arrays.copyOfRange(queries, number * columns, (number + 1) * columns);
    }

    FloatArray matrix() {
      return new FloatArray(new int[] {queries.length / columns, columns}, queries);
    }
  }

  /** A part that was written, what its codes are worth, and what it gives to files of lists. */
  record Coded(BankPart part, Recall recall, ArrayList<ListShare> shares) implements Serializable {

    Coded withoutShares() {
      return new Coded(part, recall, new ArrayList<>());
    }
  }

  /**
   * @param perFile lists of a file
   */
  CodesTask(
      BankConfig config,
      BankManifest manifest,
      int perFile,
      Broadcast<Shared> shared,
      TaskOutput target,
      Configuration hadoop) {
    this.input = config.input();
    this.output = config.output();
    this.rows = manifest.rows();
    this.half = manifest.half();
    this.perFile = perFile;
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
      ScanBank codes =
          ScanBank.of(
              Pq4.training(compute, rows, columns)
                  .encode(Pq4.rotated(compute, matrix, shared.value().rotation()), codebooks));
      Optional<byte[]> own =
          shared.value().lists() == 0 ? Optional.of(codes.codes()) : Optional.empty();
      String vectors = part.vectors().name();
      BankFile written =
          BankStore.write(
              target.create(folder, vectors, attempt),
              vectors,
              out -> BankVectors.write(out, matrix, half, own));
      byte[] text = BankStore.bytes(source, part.names());
      String names = part.names().name();
      BankFile lines =
          BankStore.write(target.create(folder, names, attempt), names, out -> out.write(text));
      int first = numbered.number() * BankPart.ROWS;
      FloatArray queries = shared.value().matrix();
      List<Candidates> candidates =
          candidates(shared.value().scan(), queries, codes.codes(), first, part.rows());
      Recall recall = Recall.of(compute, queries, matrix, first, candidates);
      return new Coded(
          new BankPart(part.rows(), written, lines),
          recall,
          shares(compute, numbered.number(), matrix, codes, recall));
    }
  }

  private ArrayList<ListShare> shares(
      Compute compute, int part, FloatArray matrix, ScanBank codes, Recall recall) {
    int lists = shared.value().lists();
    if (lists == 0) {
      return new ArrayList<>();
    }
    int columns = shared.value().columns();
    int first = part * BankPart.ROWS;
    int[] own =
        new CoarseTraining(lists, rows, columns)
            .assign(compute, matrix.data(), shared.value().directions())
            .lists();
    recall.note(own, first);
    return new ArrayList<>(ListShare.of(part, codes, own, first, lists, perFile));
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
