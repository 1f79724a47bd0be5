package org.trispike.training.bank;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;
import org.trispike.kernels.KeyedPermutation;
import org.trispike.kernels.io.FloatArray;
import org.trispike.training.bank.CodesTask.Shared;
import org.trispike.vq.bank.BankManifest;
import org.trispike.vq.bank.BankPart;
import org.trispike.vq.train.ProductTraining;

/**
 * What codes of a bank are made by: a rotation, which is fitted to some rows, and codebooks, each
 * of which one task fits to a sample of its own sub-space; and the queries that measure them.
 */
final class CodebooksStage {
  private static final long ROTATION_SEED = 13;

  private final BankJob job;
  private final BankManifest bank;
  private final int columns;

  CodebooksStage(BankJob job, BankManifest bank) {
    this.job = job;
    this.bank = bank;
    this.columns = bank.space().columns();
  }

  /**
   * Samples and fits.
   *
   * @param directions of the lists, which go along
   */
  Shared run(List<NumberedPart> parts, float[] directions) {
    float[] rotation = rotation(parts);
    List<SampleTask.Share> shares = sample(parts, rotation);
    return new Shared(fit(shares), rotation, queries(shares), columns, directions);
  }

  /** A rotation that suits the codes, fitted to some rows; empty where none is asked for. */
  private float[] rotation(List<NumberedPart> parts) {
    if (job.config().rotation() == 0) {
      return new float[0];
    }
    int count = Math.min(Pq4.ROTATED, bank.rows());
    long[] sample =
        new KeyedPermutation(bank.rows(), ROTATION_SEED).first(count).sorted().toArray();
    DrawTask task = new DrawTask(job.config().input(), columns, sample, job.hadoop());
    float[] rows =
        Rows.flat(job.collect(job.each(parts, task), "a sample for the rotation", "parts"));
    job.line("a rotation, in " + job.config().rotation() + " rounds");
    try (Compute compute = Computes.cpu(1)) {
      FloatArray matrix = new FloatArray(new int[] {count, columns}, rows);
      return Pq4.rotation(compute, matrix, job.config().rotation()).matrix().data();
    }
  }

  private List<SampleTask.Share> sample(List<NumberedPart> parts, float[] rotation) {
    Broadcast<float[]> broadcast = job.spark().broadcast(rotation);
    try {
      SampleTask task = new SampleTask(job.config(), bank.rows(), columns, broadcast, job.hadoop());
      String what = "samples of " + bank.rows() + " rows of " + job.config().input();
      return job.collect(job.each(parts, task), what, "parts");
    } finally {
      broadcast.destroy();
    }
  }

  /** All codebooks, one after the other. */
  private float[] fit(List<SampleTask.Share> shares) {
    List<FitTask.Sample> samples = new ArrayList<>();
    try (Compute compute = Computes.cpu(1)) {
      ProductTraining training = Pq4.training(compute, bank.rows(), columns);
      for (int number = 0; number < training.codebooks(); number++) {
        int codebook = number;
        List<float[]> lists = shares.stream().map(share -> share.vectors()[codebook]).toList();
        float[] vectors = inOrder(training.sample(number), lists, Pq4.CONFIG.vectorLength());
        samples.add(new FitTask.Sample(number, vectors));
      }
    }
    return Rows.joined(
        job.collect(
            job.each(samples, new FitTask(bank.rows(), columns)),
            samples.size() + " codebooks",
            "codebooks"));
  }

  private float[] queries(List<SampleTask.Share> shares) {
    long[] rows = HeldOut.rows(bank.rows(), job.config().queries());
    List<float[]> lists =
        shares.stream().map(share -> Rows.joined(Arrays.asList(share.queries()))).toList();
    float[] drawn = inOrder(rows, lists, columns);
    List<float[]> queries = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      float[] row = Arrays.copyOfRange(drawn, i * columns, (i + 1) * columns);
      queries.add(HeldOut.disturb(rows[i], row));
    }
    return Rows.joined(queries);
  }

  /** Vectors of these rows from the parts' lists, each of which is in the same order. */
  private static float[] inOrder(long[] rows, List<float[]> parts, int length) {
    int[] next = new int[parts.size()];
    float[] all = new float[Math.multiplyExact(rows.length, length)];
    for (int i = 0; i < rows.length; i++) {
      int part = (int) (rows[i] / BankPart.ROWS);
      System.arraycopy(parts.get(part), next[part]++ * length, all, i * length, length);
    }
    return all;
  }
}
