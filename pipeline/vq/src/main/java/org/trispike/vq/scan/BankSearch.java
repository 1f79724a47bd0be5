package org.trispike.vq.scan;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.VqTensor;

/**
 * Rows of largest inner product with a query: candidates by their codes, ranked by the exact rows.
 * O(rows · columns / 4) look-ups, of which the Vector API does 32 or 64 at a time. Not for a bank
 * of fewer than some 10,000 rows: exact products of all are as quick.
 */
public final class BankSearch {
  private final VqTensor codes;
  private final FloatArray exact;
  private final ScanBank bank;
  private final Scan scan;

  /**
   * @param codes product quantization with 4-bit codes
   * @param exact the rows themselves
   */
  public BankSearch(VqTensor codes, FloatArray exact) {
    this(codes, exact, fastest());
  }

  BankSearch(VqTensor codes, FloatArray exact, Scan scan) {
    exact.checkShape("exact rows", codes.rows(), codes.columns());
    this.codes = codes;
    this.exact = exact;
    this.bank = ScanBank.of(codes);
    this.scan = scan;
  }

  private static Scan fastest() {
    boolean module = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    return module && VectorScan.fits() ? new VectorScan() : new ScalarScan();
  }

  /** How the codes are scanned, for logs and reports. */
  public String description() {
    return scan.description();
  }

  /** The rows whose codes promise most, best first. */
  public int[] candidates(float[] query, int count) {
    byte[] table = QueryTable.of(codes, query).bytes();
    TopRows top = new TopRows(Math.min(count, bank.rows()));
    int[] sums = new int[ScanBank.BLOCK];
    for (int block = 0; block < bank.blocks(); block++) {
      int at = block * bank.pairs() * ScanBank.BLOCK;
      scan.sums(bank.codes(), at, bank.pairs(), table, sums);
      int first = block * ScanBank.BLOCK;
      for (int i = 0; i < Math.min(ScanBank.BLOCK, bank.rows() - first); i++) {
        top.offer(first + i, sums[i]);
      }
    }
    return top.drain();
  }

  /** The {@code top} best of {@code candidates} candidates by exact product, best first. */
  public List<Hit> search(float[] query, int top, int candidates) {
    if (top < 1 || candidates < top) {
      throw new IllegalArgumentException("The best " + top + " of " + candidates + " candidates");
    }
    return Arrays.stream(candidates(query, candidates))
        .mapToObj(row -> new Hit(row, product(row, query)))
        .sorted(Comparator.comparing(Hit::score).reversed().thenComparing(Hit::row))
        .limit(top)
        .toList();
  }

  private float product(int row, float[] query) {
    double product = 0;
    for (int c = 0; c < query.length; c++) {
      product += (double) query[c] * exact.data()[row * query.length + c];
    }
    return (float) product;
  }
}
