package org.trispike.vq.plan;

import java.util.Arrays;
import org.trispike.vq.CodebookKind;
import org.trispike.vq.E8p;
import org.trispike.vq.VqTensor;

/**
 * How often each entry is used, over the whole matrix: entries that are hot somewhere are hot
 * nearly everywhere, so one order serves all blocks. For the lattice the rows of its table are
 * counted.
 *
 * @param counts for each codebook and round, uses of its entries
 */
public record Profile(long[][] counts) {

  /** Counts the codes of a tensor. */
  public static Profile of(VqTensor tensor) {
    boolean lattice = tensor.config().kind() == CodebookKind.E8P;
    int rounds = tensor.config().rounds();
    int entries = lattice ? E8p.ROWS : tensor.config().entries();
    long[][] counts = new long[tensor.codebooks().count() * rounds][entries];
    for (int round = 0; round < rounds; round++) {
      for (int row = 0; row < tensor.rows(); row++) {
        for (int group = 0; group < tensor.groups(); group++) {
          int code = tensor.code(round, row, group);
          counts[tensor.codebook(row, group) * rounds + round][lattice ? E8p.row(code) : code]++;
        }
      }
    }
    return new Profile(counts);
  }

  /** Entries of one codebook that are used more often than μ + 3σ. */
  public int hot(int codebook) {
    double mean = mean(codebook);
    double variance = 0;
    for (long count : counts[codebook]) {
      variance += (count - mean) * (count - mean) / counts[codebook].length;
    }
    double bound = mean + 3 * Math.sqrt(variance);
    return (int) Arrays.stream(counts[codebook]).filter(count -> count > bound).count();
  }

  /** The mean of {@link #hot} over all codebooks. */
  public double meanHot() {
    double sum = 0;
    for (int codebook = 0; codebook < counts.length; codebook++) {
      sum += hot(codebook);
    }
    return sum / counts.length;
  }

  /** Entries of one codebook that are used more often than its mean. */
  public int aboveMean(int codebook) {
    double mean = mean(codebook);
    return (int) Arrays.stream(counts[codebook]).filter(count -> count > mean).count();
  }

  /** The share of all look-ups that each tier serves; the entries must be in order of use. */
  public double share(Boundaries boundaries, Tier tier) {
    long served = 0;
    long all = 0;
    for (long[] codebook : counts) {
      for (int entry = 0; entry < codebook.length; entry++) {
        served += boundaries.tier(entry) == tier ? codebook[entry] : 0;
        all += codebook[entry];
      }
    }
    return (double) served / all;
  }

  private double mean(int codebook) {
    return (double) Arrays.stream(counts[codebook]).sum() / counts[codebook].length;
  }
}
