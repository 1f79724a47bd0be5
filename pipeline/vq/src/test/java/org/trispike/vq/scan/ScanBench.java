package org.trispike.vq.scan;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;

/**
 * Times of one query against a bank of so many rows of 512, on one core: the search of PQ4 codes
 * with its exact ranking, in all rows or in lists, beside products of the whole rows with the
 * Vector API. Ways that are named together take turns; medians. Products of bytes slow a scan in
 * the same JVM down (two widths of byte vectors), so that int8 is best run without pq4.
 *
 * <p>{@code java --add-modules jdk.incubator.vector … org.trispike.vq.scan.ScanBench ROWS
 * random|clip LISTS WAY…} with ways float32, int8, pq4, lists, and scalar; LISTS 0 for none. Rows
 * are kept for float32 and int8 alone; the exact ranking reads them where they are kept and makes
 * them again where not.
 */
final class ScanBench {
  private static final int TOP = 16;
  private static final double RECALL = 0.99;
  private static final int[] DEPTHS = {16, 32, 64, 128, 256, 512};

  /** Least time of a way's runs, and their number. */
  private static final double SECONDS = 3;

  private static final int RUNS = 31;

  private final BenchBank bank;
  private final List<String> lines = new ArrayList<>();
  private final List<IntConsumer> tasks = new ArrayList<>();
  private final List<Double> bytes = new ArrayList<>();

  private ScanBench(BenchBank bank) {
    this.bank = bank;
  }

  public static void main(String[] args) throws IOException {
    int rows = args.length > 0 ? Integer.parseInt(args[0]) : 65_536;
    String source = args.length > 1 ? args[1] : "random";
    int lists = args.length > 2 ? Integer.parseInt(args[2]) : 0;
    List<String> ways =
        args.length > 3
            ? List.of(args).subList(3, args.length)
            : List.of("float32", "pq4", "scalar");
    long start = System.nanoTime();
    BenchBank bank = new BenchBank(BenchRows.of(source), rows, lists);
    System.out.printf(
        Locale.ROOT,
        "%,d rows of %d, %s; made in %.0f s; load of the machine %.1f%n",
        rows,
        BenchRows.COLUMNS,
        source,
        (System.nanoTime() - start) * 1e-9,
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    new ScanBench(bank).run(ways);
  }

  private void run(List<String> ways) {
    DenseRows dense = DenseRows.of(bank, ways);
    ExactRows exact = dense.exact();
    for (String way : ways) {
      switch (way) {
        case "float32" ->
            add(
                "float32, " + FloatVector.SPECIES_PREFERRED.vectorBitSize() + " bit, recall 1",
                4.0 * BenchRows.COLUMNS * bank.rows,
                q -> dense.floats(bank.queries[q]));
        case "int8" ->
            add(
                String.format(Locale.ROOT, "int8, recall %.2f", dense.int8Recall()),
                1.0 * BenchRows.COLUMNS * bank.rows,
                q -> dense.bytes(bank.queries[q]));
        case "pq4" -> search("PQ4, " + bank.flat(exact).description(), bank.flat(exact), 0);
        case "lists" -> {
          int probes = probes(exact);
          search("PQ4, " + probes + " lists", bank.listed(probes, exact), probes);
        }
        case "scalar" -> scalar();
        default -> throw new IllegalArgumentException("No way is called " + way);
      }
    }
    print(times());
  }

  private void scalar() {
    ByteBuffer codes = ByteBuffer.allocateDirect(64 * BenchRows.COLUMNS / 8);
    byte[] table = new byte[BenchRows.COLUMNS / 4 * 16 + ScanBank.BLOCK];
    int[] sums = new int[ScanBank.BLOCK];
    Scan scan = new ScalarScan();
    add(
        "PQ4, scalar loop alone",
        bank.rows * BenchRows.COLUMNS / 8.0,
        q -> {
          for (int block = 0; block < bank.rows / ScanBank.BLOCK; block++) {
            scan.sums(codes, 0, BenchRows.COLUMNS / 8, table, 0, sums);
          }
        });
  }

  /** The fewest lists with which the most candidates find 99 in 100, else all. */
  private int probes(ExactRows exact) {
    int all = bank.lists();
    return IntStream.iterate(1, probes -> probes < all, probes -> 2 * probes)
        .filter(
            probes -> bank.recall(bank.listed(probes, exact), DEPTHS[DEPTHS.length - 1]) >= RECALL)
        .findFirst()
        .orElse(all);
  }

  private void search(String what, BankSearch search, int probes) {
    StringBuilder recalls = new StringBuilder();
    int depth = 0;
    for (int some : DEPTHS) {
      double recall = bank.recall(search, some);
      recalls.append(String.format(Locale.ROOT, " %d: %.2f", some, recall));
      depth = depth == 0 && recall >= RECALL ? some : depth;
    }
    int candidates = depth == 0 ? DEPTHS[DEPTHS.length - 1] : depth;
    add(
        what
            + ", top "
            + TOP
            + " of "
            + candidates
            + " candidates; recall@1 by candidates"
            + recalls,
        bank.bytes(probes),
        q -> {
          List<Hit> unused = search.search(bank.queries[q], TOP, candidates);
        });
  }

  private void add(String what, double bytesOfAQuery, IntConsumer task) {
    lines.add(what);
    bytes.add(bytesOfAQuery);
    tasks.add(task);
  }

  /** Seconds of each way and run, in turns. */
  private double[][] times() {
    for (IntConsumer task : tasks) {
      long end = System.nanoTime() + (long) (SECONDS * 1e9);
      for (int q = 0; q < RUNS / 3 || System.nanoTime() < end; q++) {
        task.accept(q % BenchBank.QUERIES);
      }
    }
    List<double[]> runs = new ArrayList<>();
    long end = System.nanoTime() + (long) (SECONDS * 1e9 * tasks.size());
    while (runs.size() < RUNS || System.nanoTime() < end) {
      double[] run = new double[tasks.size()];
      for (int t = 0; t < run.length; t++) {
        long start = System.nanoTime();
        tasks.get(t).accept(runs.size() % BenchBank.QUERIES);
        run[t] = (System.nanoTime() - start) * 1e-9;
      }
      runs.add(run);
    }
    return runs.toArray(double[][]::new);
  }

  private void print(double[][] times) {
    double first = median(times, 0);
    for (int t = 0; t < lines.size(); t++) {
      int way = t;
      double median = median(times, t);
      double least = Arrays.stream(times).mapToDouble(run -> run[way]).min().orElseThrow();
      double reading = ReadLoop.seconds(bytes.get(t));
      System.out.printf(
          Locale.ROOT,
          "%s%n  %.3f ms (least %.3f), %.1f MB, %.1f GB/s: %.0f %% of reading as many bytes (%.1f"
              + " GB/s); %.1f times the first%n",
          lines.get(t),
          1e3 * median,
          1e3 * least,
          1e-6 * bytes.get(t),
          1e-9 * bytes.get(t) / median,
          100 * reading / median,
          1e-9 * bytes.get(t) / reading,
          first / median);
    }
  }

  private static double median(double[][] times, int way) {
    double[] sorted = Arrays.stream(times).mapToDouble(run -> run[way]).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
