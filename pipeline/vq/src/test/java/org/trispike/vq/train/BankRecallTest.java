package org.trispike.vq.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;
import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.Matrices;
import org.trispike.vq.RealData;
import org.trispike.vq.VqConfigs;
import org.trispike.vq.VqTensor;
import org.trispike.vq.oracle.Oracle;

/** How often PQ4 finds the name of largest cosine, alone and among 16 that are ranked exactly. */
class BankRecallTest {
  private static final int CANDIDATES = 16;
  private static final QuantizerOptions OPTIONS = new QuantizerOptions(1, 1, 6, 0, 256);

  private final Compute compute = Computes.cpu(1);

  @AfterEach
  void close() {
    compute.close();
  }

  /** Recall@1 of the codes alone, and with exact ranking of the best candidates. */
  private record Recall(double alone, double ranked) {
    static Recall of(FloatArray bank, VqTensor codes, FloatArray queries) {
      int rows = bank.shape()[0];
      int count = queries.shape()[0];
      double[] exact = exact(bank, queries);
      double[] query = new double[queries.data().length];
      for (int i = 0; i < query.length; i++) {
        query[i] = queries.data()[i];
      }
      double[] coded = Oracle.gemm(codes, query, count);
      int alone = 0;
      int ranked = 0;
      for (int q = 0; q < count; q++) {
        int best = top(exact, q * rows, rows, 1).get(0);
        List<Integer> found = top(coded, q * rows, rows, CANDIDATES);
        alone += found.get(0) == best ? 1 : 0;
        ranked += found.contains(best) ? 1 : 0;
      }
      return new Recall((double) alone / count, (double) ranked / count);
    }

    private static double[] exact(FloatArray bank, FloatArray queries) {
      int columns = bank.shape()[1];
      int rows = bank.shape()[0];
      double[] scores = new double[queries.shape()[0] * rows];
      for (int i = 0; i < scores.length; i++) {
        for (int c = 0; c < columns; c++) {
          scores[i] +=
              (double) queries.data()[i / rows * columns + c] * bank.data()[i % rows * columns + c];
        }
      }
      return scores;
    }

    private static List<Integer> top(double[] scores, int from, int rows, int count) {
      return IntStream.range(0, rows)
          .boxed()
          .sorted(Comparator.comparingDouble((Integer row) -> -scores[from + row]))
          .limit(count)
          .toList();
    }
  }

  /** 240 rows of the bank, each so disturbed that its cosine to itself is about a half. */
  private static FloatArray queries(FloatArray bank) {
    int columns = bank.shape()[1];
    float[] values = new float[240 * columns];
    float[] noise = Matrices.gaussian(77, 240, columns).data();
    for (int i = 0; i < values.length; i++) {
      int row = i / columns * 5 % bank.shape()[0];
      values[i] =
          bank.data()[row * columns + i % columns] + (float) Math.sqrt(3.0 / columns) * noise[i];
    }
    return RealData.normalised(new FloatArray(new int[] {240, columns}, values));
  }

  @Test
  void namesOfLvisAreFoundAgain() throws IOException {
    FloatArray bank = RealData.clip("lvis_v1");
    FloatArray disturbed = queries(bank);
    Quantizer quantizer = new Quantizer(compute, OPTIONS);
    VqTensor plain = quantizer.quantize(bank, VqConfigs.PQ4);
    Rotation rotation = Opq.fit(compute, bank, VqConfigs.PQ4, OPTIONS, 2);
    VqTensor rotated = quantizer.quantize(bank, VqConfigs.PQ4, rotation);
    VqTensor scored = ScoreAware.refine(compute, rotated, bank, 0.2, 4);
    Recall ofPlain = report("plain", bank, plain, disturbed);
    Recall ofRotated = report("rotated", bank, rotated, disturbed);
    Recall ofScored = report("rotated and score-aware", bank, scored, disturbed);
    assertThat(ofRotated.alone()).isGreaterThan(ofPlain.alone());
    assertThat(ofScored.alone()).isGreaterThan(ofRotated.alone());
    assertThat(ofScored.ranked()).isGreaterThanOrEqualTo(0.99);
    assertThat(report("names of COCO", bank, scored, RealData.clip("coco")).ranked())
        .isGreaterThanOrEqualTo(0.99);
  }

  private static Recall report(String what, FloatArray bank, VqTensor codes, FloatArray queries) {
    Recall recall = Recall.of(bank, codes, queries);
    System.out.printf(
        Locale.ROOT,
        "PQ4 %s: recall@1 %.3f, of %d ranked exactly %.3f%n",
        what,
        recall.alone(),
        CANDIDATES,
        recall.ranked());
    return recall;
  }

  /** Rows around 40 centres, of 64 columns. */
  @Test
  void clusteredRowsAreFoundAgain() {
    float[] centres = Matrices.gaussian(1, 40, 64).data();
    float[] values = Matrices.gaussian(2, 1200, 64).data();
    for (int i = 0; i < values.length; i++) {
      values[i] = centres[i / 64 % 40 * 64 + i % 64] + 0.7f * values[i];
    }
    FloatArray bank = RealData.normalised(new FloatArray(new int[] {1200, 64}, values));
    VqTensor plain = new Quantizer(compute, OPTIONS).quantize(bank, VqConfigs.PQ4);
    Recall recall = Recall.of(bank, plain, queries(bank));
    assertThat(recall.alone()).isBetween(0.2, 0.95);
    assertThat(recall.ranked()).isGreaterThan(0.85);
  }
}
