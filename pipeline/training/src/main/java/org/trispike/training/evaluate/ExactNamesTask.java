package org.trispike.training.evaluate;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;
import org.trispike.kernels.io.FloatArray;
import org.trispike.training.classes.ClassList;
import org.trispike.vq.bank.Bank;
import org.trispike.vq.bank.BankManifest;
import org.trispike.vq.bank.BankPart;
import org.trispike.vq.scan.BankSearch;
import org.trispike.vq.scan.Hit;
import org.trispike.vq.scan.RowProducts;

/**
 * What an executor does for the exact ranking: all rows of a part of the bank are multiplied with
 * all queries. The best by single precision are ranked again as the search ranks its candidates.
 */
final class ExactNamesTask implements Function<Integer, ExactNamesTask.Found> {
  private static final long serialVersionUID = 1;

  /** Queries that are multiplied at a time. */
  private static final int QUERIES = 512;

  /** By single precision the best {@link NamedShape#TOP} are surely among so many. */
  private static final int KEPT = 16;

  private final String folder;
  private final Broadcast<Asked> asked;

  /** Queries [n][columns], and the keys whose rows are wanted. */
  @SuppressWarnings("ArrayRecordComponent") // broadcast, read only
  record Asked(float[][] queries, Set<String> keys) implements Serializable {}

  /** Of one part: the best rows of each query with their products, and the first row of a key. */
  @SuppressWarnings("ArrayRecordComponent") // passed from task to driver
  record Found(int[][] rows, float[][] products, Map<String, Integer> keys)
      implements Serializable {}

  ExactNamesTask(String folder, Broadcast<Asked> asked) {
    this.folder = folder;
    this.asked = asked;
  }

  @Override
  public Found call(Integer part) throws IOException {
    Path bank = Path.of(folder);
    BankManifest manifest = BankManifest.read(bank);
    int first = part * BankPart.ROWS;
    FloatArray matrix = Bank.rows(bank, manifest, part);
    float[][] queries = asked.value().queries();
    int[][] rows = new int[queries.length][];
    float[][] products = new float[queries.length][];
    try (Compute compute = Computes.cpu(1)) {
      for (int from = 0; from < queries.length; from += QUERIES) {
        float[][] some =
            Arrays.copyOfRange(queries, from, Math.min(from + QUERIES, queries.length));
        int[][] kept = kept(compute, matrix, some);
        for (int q = 0; q < some.length; q++) {
          List<Hit> hits = exact(matrix, kept[q], some[q]);
          rows[from + q] = hits.stream().mapToInt(hit -> first + hit.row()).toArray();
          products[from + q] = new float[hits.size()];
          for (int i = 0; i < hits.size(); i++) {
            products[from + q][i] = hits.get(i).score();
          }
        }
      }
    }
    return new Found(rows, products, keys(Bank.names(bank, manifest, part), first));
  }

  private static List<Hit> exact(FloatArray matrix, int[] rows, float[] query) {
    return BankSearch.exact(
        Arrays.stream(rows),
        (row, target) ->
            System.arraycopy(matrix.data(), row * target.length, target, 0, target.length),
        query,
        NamedShape.TOP);
  }

  private static int[][] kept(Compute compute, FloatArray matrix, float[][] queries) {
    int columns = matrix.shape()[1];
    float[] flat = new float[queries.length * columns];
    for (int q = 0; q < queries.length; q++) {
      System.arraycopy(queries[q], 0, flat, q * columns, columns);
    }
    Best[] best = new Best[queries.length];
    Arrays.setAll(best, q -> new Best(Math.min(KEPT, matrix.shape()[0])));
    RowProducts.each(
        compute,
        matrix,
        new FloatArray(new int[] {queries.length, columns}, flat),
        (query, row, product) -> best[query].offer(row, product));
    return Arrays.stream(best).map(Best::rows).toArray(int[][]::new);
  }

  /** The rows of largest product so far, in order. */
  private static final class Best {
    private final int[] rows;
    private final float[] products;
    private int size;

    Best(int capacity) {
      rows = new int[capacity];
      products = new float[capacity];
    }

    void offer(int row, float product) {
      if (size == rows.length && !(product > products[size - 1])) {
        return;
      }
      int at = size < rows.length ? size++ : size - 1;
      for (; at > 0 && product > products[at - 1]; at--) {
        rows[at] = rows[at - 1];
        products[at] = products[at - 1];
      }
      rows[at] = row;
      products[at] = product;
    }

    int[] rows() {
      return Arrays.copyOf(rows, size);
    }
  }

  private Map<String, Integer> keys(List<String> names, int first) {
    Map<String, Integer> keys = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String key = ClassList.key(names.get(i));
      if (asked.value().keys().contains(key)) {
        keys.putIfAbsent(key, first + i);
      }
    }
    return keys;
  }
}
