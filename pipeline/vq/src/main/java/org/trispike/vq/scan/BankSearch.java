package org.trispike.vq.scan;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.VqTensor;

/**
 * Rows of largest inner product with a query: candidates by their codes, ranked by the exact rows.
 * O(rows · columns / 4) look-ups, of which the Vector API does 32 or 64 at a time. Not for a bank
 * of fewer than some 10,000 rows: exact products of all are as quick.
 */
public final class BankSearch {
  private final CodeScan scan;
  private final Codes codes;
  private final ExactRows exact;

  /**
   * @param codes product quantization with 4-bit codes
   * @param exact the rows themselves
   */
  public BankSearch(VqTensor codes, FloatArray exact) {
    this(codes, exact, CodeScan.fastest());
  }

  BankSearch(VqTensor codes, FloatArray exact, Scan scan) {
    this(
        CodeScan.of(codes, scan),
        List.of(new CodePart(ByteBuffer.wrap(ScanBank.of(codes).codes()), codes.rows())),
        rows(exact, codes));
  }

  /**
   * @param parts the codes, in the order of the rows
   * @param exact the rows themselves
   */
  public BankSearch(CodeScan scan, List<CodePart> parts, ExactRows exact) {
    this(scan, new FlatCodes(parts), exact);
  }

  /**
   * @param lists the codes, in the order of the centroids
   * @param probes lists that a query looks into; with all of them the answer is that without lists
   * @param exact the rows themselves
   */
  public BankSearch(
      CodeScan scan, Centroids centroids, List<CodeList> lists, int probes, ExactRows exact) {
    this(scan, new ListedCodes(centroids, lists, probes), exact);
  }

  private BankSearch(CodeScan scan, Codes codes, ExactRows exact) {
    this.scan = scan;
    this.codes = codes;
    this.exact = exact;
  }

  private static ExactRows rows(FloatArray exact, VqTensor codes) {
    int columns = codes.columns();
    exact.checkShape("exact rows", codes.rows(), columns);
    return (row, target) -> System.arraycopy(exact.data(), row * columns, target, 0, columns);
  }

  /** How the codes are scanned, for logs and reports. */
  public String description() {
    return scan.description();
  }

  /** The rows whose codes promise most, best first. */
  public int[] candidates(float[] query, int count) {
    ScanQuery pass = scan.query(query, Math.min(count, codes.rows()));
    codes.scan(query, pass);
    return pass.best().rows();
  }

  /** The {@code top} best of {@code candidates} candidates by exact product, best first. */
  public List<Hit> search(float[] query, int top, int candidates) {
    if (top < 1 || candidates < top) {
      throw new IllegalArgumentException("The best " + top + " of " + candidates + " candidates");
    }
    return exact(Arrays.stream(candidates(query, candidates)), exact, query, top);
  }

  /** The {@code top} best of {@code rows} by exact product, best first. */
  public static List<Hit> exact(IntStream rows, ExactRows exact, float[] query, int top) {
    PriorityQueue<Hit> best = new PriorityQueue<>(Hit.BEST_FIRST.reversed());
    float[] row = new float[query.length];
    rows.forEach(
        number -> {
          exact.row(number, row);
          Hit hit = new Hit(number, product(row, query));
          if (best.size() == top && Hit.BEST_FIRST.compare(hit, best.element()) < 0) {
            best.remove();
          }
          if (best.size() < top) {
            best.add(hit);
          }
        });
    List<Hit> hits = new ArrayList<>(best);
    hits.sort(Hit.BEST_FIRST);
    return hits;
  }

  private static float product(float[] row, float[] query) {
    // Four sums, since each addition waits for the one before it.
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 4 <= query.length; i += 4) {
      a += (double) query[i] * row[i];
      b += (double) query[i + 1] * row[i + 1];
      c += (double) query[i + 2] * row[i + 2];
      d += (double) query[i + 3] * row[i + 3];
    }
    for (; i < query.length; i++) {
      a += (double) query[i] * row[i];
    }
    return (float) (a + b + (c + d));
  }
}
