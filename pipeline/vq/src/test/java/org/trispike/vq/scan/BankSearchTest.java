package org.trispike.vq.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trispike.kernels.KeyedRandom;
import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.CodebookScope;
import org.trispike.vq.Matrices;
import org.trispike.vq.VqConfig;
import org.trispike.vq.VqConfigs;
import org.trispike.vq.VqTensor;
import org.trispike.vq.oracle.Oracle;

class BankSearchTest {
  private static final FloatArray NONE = new FloatArray(new int[] {0}, new float[0]);

  private static VqConfig config(int length) {
    return VqConfig.trained("pq", length, 4, 1, CodebookScope.channelGroup(length));
  }

  /**
   * Sizes that are no multiples of blocks, pairs and vectors; 600 sub-spaces flush 16 bits often.
   */
  @ParameterizedTest
  @CsvSource({"1, 4, 4", "63, 12, 4", "64, 512, 4", "130, 33, 8", "200, 7, 2", "70, 600, 1"})
  void sumsStandForTheOraclesProducts(int rows, int columns, int length) {
    VqTensor tensor = Matrices.drawn(config(length), rows, columns, 3);
    float[] query = Matrices.gaussian(4, 1, columns).data();
    QueryTable table = QueryTable.of(tensor, query);
    ScanBank bank = ScanBank.of(tensor);
    double[] exact = Oracle.gemv(tensor, doubles(query));
    int[] sums = new int[64];
    ByteBuffer codes = ByteBuffer.wrap(bank.codes());
    for (int block = 0; block < bank.blocks(); block++) {
      int at = block * bank.pairs() * 64;
      new ScalarScan().sums(codes, at, bank.pairs(), table.bytes(), 0, sums);
      for (int i = 0; i < Math.min(64, rows - block * 64); i++) {
        assertThat(Math.abs(table.product(sums[i]) - exact[block * 64 + i]))
            .isLessThanOrEqualTo(table.error(tensor.groups()) + 1e-4);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "127", "128", "129", "300", "1000", "1025"})
  void vectorsComputeTheSameIntegers(int pairs) {
    assumeTrue(VectorScan.fits(), "Vectors of this CPU are too short");
    KeyedRandom random = KeyedRandom.of(pairs);
    byte[] codes = new byte[(pairs + 1) * 64];
    byte[] table = new byte[pairs * 32 + 64];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (byte) random.nextInt(256);
    }
    for (int i = 0; i < table.length; i++) {
      // Every fourth run is at the upper end, where 8 and 16 bits would overflow first.
      table[i] = (byte) (pairs % 4 == 0 ? QueryTable.TOP : random.nextInt(QueryTable.TOP + 1));
    }
    same(ByteBuffer.wrap(codes), pairs, table);
    // As a mapped file lies.
    same(ByteBuffer.allocateDirect(codes.length).put(codes).flip(), pairs, table);
  }

  private static void same(ByteBuffer codes, int pairs, byte[] table) {
    int[] expected = new int[64];
    int[] sums = new int[64];
    new ScalarScan().sums(codes, 64, pairs, table, 0, expected);
    assertThat(new VectorScan().sums(codes, 64, pairs, table, 0, sums)).isTrue();
    assertThat(sums).isEqualTo(expected);
    // At a bound the sums that reach it are there, and one past the largest there are none to see.
    int most = Arrays.stream(expected).max().orElseThrow();
    assertThat(new VectorScan().sums(codes, 64, pairs, table, most, sums)).isTrue();
    for (int row = 0; row < sums.length; row++) {
      assertThat(sums[row]).isIn(expected[row] == most ? List.of(most) : List.of(0, expected[row]));
    }
    if (pairs <= 260) {
      assertThat(new VectorScan().sums(codes, 64, pairs, table, most + 1, sums)).isFalse();
    }
  }

  /** With all rows as candidates the answer is that of a naive loop over the exact rows. */
  @Test
  void allCandidatesGiveTheExactOrder() {
    FloatArray exact = Matrices.gaussian(8, 150, 16);
    BankSearch search = new BankSearch(Matrices.drawn(VqConfigs.PQ4, 150, 16, 3), exact);
    float[] query = Matrices.gaussian(9, 1, 16).data();
    double[] products = new double[150];
    for (int i = 0; i < 150 * 16; i++) {
      products[i / 16] += (double) exact.data()[i] * query[i % 16];
    }
    List<Integer> order =
        IntStream.range(0, 150)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer row) -> -products[row]))
            .limit(10)
            .toList();
    List<Hit> hits = search.search(query, 10, 1000);
    assertThat(hits.stream().map(Hit::row)).containsExactlyElementsOf(order);
    assertThat(hits.get(0).score()).isEqualTo((float) products[order.get(0)]);
  }

  @Test
  void candidatesAreThoseOfLargestSums() {
    VqTensor tensor = Matrices.drawn(VqConfigs.PQ4, 500, 32, 5);
    FloatArray exact = Matrices.gaussian(1, 500, 32);
    float[] query = Matrices.gaussian(6, 1, 32).data();
    double[] products = Oracle.gemv(tensor, doubles(query));
    int[] found = new BankSearch(tensor, exact, new ScalarScan()).candidates(query, 40);
    double error = QueryTable.of(tensor, query).error(8);
    double last = products[found[39]];
    long better =
        IntStream.range(0, 500).filter(row -> products[row] > last + 2 * error + 1e-6).count();
    assertThat(found).hasSize(40).doesNotHaveDuplicates();
    assertThat(better).isLessThan(40);
    for (int i = 1; i < 40; i++) {
      assertThat(products[found[i]]).isLessThanOrEqualTo(products[found[i - 1]] + 2 * error + 1e-6);
    }
  }

  /** A rotated bank finds what the bank that it stands for would. */
  @Test
  void queryIsRotatedWithTheBank() {
    VqTensor plain = Matrices.drawn(VqConfigs.PQ4, 100, 8, 5);
    float[] turn = new float[64];
    for (int i = 0; i < 8; i++) {
      turn[i * 8 + (i + 3) % 8] = i % 2 == 0 ? 1 : -1;
    }
    VqTensor turned =
        new VqTensor(
            plain.config(),
            100,
            8,
            plain.codebooks(),
            plain.codes(),
            new FloatArray(new int[] {8, 8}, turn));
    float[] query = Matrices.gaussian(6, 1, 8).data();
    double[] exact = Oracle.gemv(turned, doubles(query));
    QueryTable table = QueryTable.of(turned, query);
    ScanBank bank = ScanBank.of(turned);
    int[] sums = new int[64];
    new ScalarScan().sums(ByteBuffer.wrap(bank.codes()), 0, bank.pairs(), table.bytes(), 0, sums);
    for (int i = 0; i < 64; i++) {
      assertThat(Math.abs(table.product(sums[i]) - exact[i]))
          .isLessThanOrEqualTo(table.error(2) + 1e-5);
    }
  }

  @Test
  void topRowsPreferTheFirstOfEquals() {
    TopRows top = new TopRows(3);
    int[] sums = {5, 9, 9, 1, 9, 9, 7};
    for (int row = 0; row < sums.length; row++) {
      top.offer(row, sums[row]);
    }
    assertThat(top.drain().rows()).containsExactly(1, 2, 4);
  }

  @Test
  void topRowsDoNotDependOnTheOrderOfTheOffers() {
    int[][] orders = {{0, 1, 2, 3, 4, 5, 6}, {6, 5, 4, 3, 2, 1, 0}, {4, 6, 1, 0, 5, 2, 3}};
    int[] sums = {5, 9, 9, 1, 9, 9, 7};
    for (int[] order : orders) {
      TopRows top = new TopRows(3);
      for (int row : order) {
        if (sums[row] >= top.least()) {
          top.offer(row, sums[row]);
        }
      }
      assertThat(top.drain().rows()).containsExactly(1, 2, 4);
    }
  }

  @Test
  void listsOfLargestProductComeFirstAndTheLowerOfEqualOnes() {
    float[] directions = {0, 1, -1, 0, 1, 0, 0, -1, 1, 0, -0.5f, 0};
    Centroids centroids = new Centroids(new FloatArray(new int[] {6, 2}, directions));
    assertThat(centroids.nearest(new float[] {2, 1}, 6)).containsExactly(2, 4, 0, 3, 5, 1);
    assertThat(centroids.nearest(new float[] {-2, 0}, 2)).containsExactly(1, 5);
    assertThatThrownBy(() -> centroids.nearest(new float[3], 1))
        .hasMessage("A query of 3 numbers meets directions of 2");
  }

  @Test
  void otherCodesAndSizesAreRefused() {
    assertThatThrownBy(() -> ScanBank.of(Matrices.drawn(VqConfigs.CQ_2, 4, 8, 1)))
        .hasMessage("cq-2 is no product quantization with 4-bit codes");
    VqTensor tensor = Matrices.drawn(VqConfigs.PQ4, 4, 8, 1);
    assertThatThrownBy(() -> new BankSearch(tensor, NONE))
        .hasMessage("exact rows has shape [0], not [4, 8]");
    assertThatThrownBy(() -> QueryTable.of(tensor, new float[7]))
        .hasMessage("A query of 7 numbers meets rows of 8");
    BankSearch search = new BankSearch(tensor, Matrices.gaussian(1, 4, 8));
    assertThatThrownBy(() -> search.search(new float[8], 2, 1))
        .hasMessage("The best 2 of 1 candidates");
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }
}
