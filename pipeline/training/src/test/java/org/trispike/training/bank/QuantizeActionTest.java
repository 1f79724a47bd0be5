package org.trispike.training.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.Progress;
import org.trispike.datasets.UserError;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;
import org.trispike.kernels.KeyedRandom;
import org.trispike.kernels.io.FloatArray;
import org.trispike.kernels.io.SafeTensors;
import org.trispike.kernels.io.Sha256;
import org.trispike.vq.TrainedCodebooks;
import org.trispike.vq.VqConfigs;
import org.trispike.vq.VqTensor;
import org.trispike.vq.bank.Bank;
import org.trispike.vq.bank.BankCodes;
import org.trispike.vq.bank.BankFile;
import org.trispike.vq.bank.BankLists;
import org.trispike.vq.bank.BankManifest;
import org.trispike.vq.bank.BankPart;
import org.trispike.vq.bank.BankSpace;
import org.trispike.vq.bank.BankVectors;
import org.trispike.vq.scan.ScanBank;
import org.trispike.vq.train.Quantizer;
import org.trispike.vq.train.QuantizerOptions;

final class QuantizeActionTest {
  /** Two parts, and rows of which the last sub-space has half. */
  private static final int ROWS = BankPart.ROWS + 1000;

  private static final int COLUMNS = 14;

  @TempDir private Path folder;
  private static SparkSession spark;

  @BeforeAll
  static void begin() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("quantize")
            .config("spark.ui.enabled", false)
            .getOrCreate();
  }

  @AfterAll
  static void end() {
    spark.stop();
  }

  private static FloatArray gaussian(int rows) {
    KeyedRandom random = KeyedRandom.of(5);
    float[] values = new float[rows * COLUMNS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new FloatArray(new int[] {rows, COLUMNS}, values);
  }

  private static FloatArray part(FloatArray matrix, int number) {
    int from = number * BankPart.ROWS;
    int to = Math.min(from + BankPart.ROWS, matrix.shape()[0]);
    return new FloatArray(
        new int[] {to - from, COLUMNS},
        Arrays.copyOfRange(matrix.data(), from * COLUMNS, to * COLUMNS));
  }

  private Path write(FloatArray matrix) throws IOException {
    Path target = Files.createDirectories(folder.resolve("plain"));
    List<BankPart> parts = new ArrayList<>();
    for (int from = 0; from < matrix.shape()[0]; from += BankPart.ROWS) {
      FloatArray some = part(matrix, parts.size());
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      BankVectors.write(out, some, false, Optional.empty());
      String names =
          IntStream.range(from, from + some.shape()[0])
              .mapToObj(i -> "row " + i + "\n")
              .collect(Collectors.joining());
      parts.add(
          new BankPart(
              some.shape()[0],
              file(target, BankPart.vectors(parts.size()), out.toByteArray()),
              file(target, BankPart.names(parts.size()), names.getBytes(StandardCharsets.UTF_8))));
    }
    BankManifest manifest =
        new BankManifest(
            new BankSpace("t", "p", COLUMNS), false, parts, Optional.empty(), Map.of());
    Files.write(target.resolve(BankManifest.FILE), manifest.json());
    return target;
  }

  private static BankFile file(Path target, String name, byte[] bytes) throws IOException {
    Files.write(target.resolve(name), bytes);
    return new BankFile(name, bytes.length, Sha256.of(bytes));
  }

  private QuantizeResult run(Path input, int queries) {
    return run(input, "codes", queries, "");
  }

  private QuantizeResult run(Path input, String output, int queries, String more) {
    Config settings =
        ConfigFactory.parseString(
                "bank { input = \"%s\", output = \"%s\", queries = %d %s }"
                    .formatted(input, folder.resolve(output), queries, more))
            .withFallback(ConfigFactory.load())
            .resolve();
    return new QuantizeAction(spark, BankConfig.from(settings), Progress.silent()).run();
  }

  /** Tasks see parts and sub-spaces, one machine sees the matrix: both end with the same bits. */
  @Test
  void codesAreThoseOfOneMachine() throws IOException {
    FloatArray matrix = gaussian(ROWS);
    VqTensor whole;
    try (Compute compute = Computes.cpu(1)) {
      whole = new Quantizer(compute, QuantizerOptions.defaults()).quantize(matrix, VqConfigs.PQ4);
    }
    QuantizeResult result = run(write(matrix), "codes", 50, ", rotation = 0");

    Path codes = folder.resolve("codes");
    assertThat(SafeTensors.read(codes.resolve("codebooks.safetensors")).get("codebooks").data())
        .isEqualTo(((TrainedCodebooks) whole.codebooks()).table().data());
    // The first part has whole blocks, so that its codes are the first bytes of the whole.
    byte[] expected = ScanBank.of(whole).codes();
    byte[] first = codes(codes.resolve(BankPart.vectors(0)));
    byte[] second = codes(codes.resolve(BankPart.vectors(1)));
    assertThat(first).isEqualTo(Arrays.copyOf(expected, first.length));
    assertThat(second).isEqualTo(Arrays.copyOfRange(expected, first.length, expected.length));
    checkRecall(matrix, result.codes(), Bank.open(codes));
    assertThat(Bank.open(codes).name(ROWS - 1)).isEqualTo("row " + (ROWS - 1));
    assertThat(run(folder.resolve("plain"), "codes", 50, ", rotation = 0")).isEqualTo(result);
  }

  private static byte[] codes(Path file) throws IOException {
    return SafeTensors.read(file).getBytes("codes").data();
  }

  /** Asks the bank what it claims to answer. */
  private static void checkRecall(FloatArray matrix, BankCodes codes, Bank bank) {
    long[] rows = HeldOut.rows(ROWS, 50);
    int right = 0;
    for (long row : rows) {
      int from = (int) row * COLUMNS;
      float[] query = HeldOut.disturb(row, Arrays.copyOfRange(matrix.data(), from, from + COLUMNS));
      right += bank.search(query, 1).get(0).row() == best(matrix, query) ? 1 : 0;
    }
    assertThat(codes.queries()).isEqualTo(50);
    assertThat(codes.recall()).isCloseTo(right / 50.0, within(1e-9));
    assertThat(codes.recall() >= 0.99 || codes.candidates() == 512).isTrue();
  }

  /** Rows whose columns depend on each other: rotated ones are found by their codes more often. */
  @Test
  void aRotationSuitsTheCodes() throws IOException {
    FloatArray matrix = gaussian(ROWS);
    for (int row = 0; row < ROWS; row++) {
      for (int c = 4; c < COLUMNS; c++) {
        matrix.data()[row * COLUMNS + c] *= c % 4 == 0 ? 0.2f : 0.05f;
        matrix.data()[row * COLUMNS + c] += 0.3f * matrix.data()[row * COLUMNS + c % 4];
      }
    }
    Path plain = write(matrix);
    QuantizeResult turned = run(plain, "turned", 50, ", rotation = 4");
    SafeTensors books = SafeTensors.read(folder.resolve("turned/codebooks.safetensors"));
    float[] rotation = books.get("rotation").data();
    for (int i = 0; i < COLUMNS; i++) {
      double square = 0;
      for (int j = 0; j < COLUMNS; j++) {
        square += (double) rotation[i * COLUMNS + j] * rotation[i * COLUMNS + j];
      }
      assertThat(square).isCloseTo(1, within(1e-3));
    }
    QuantizeResult straight = run(plain, "straight", 50, ", rotation = 0");
    assertThat(error(matrix, "turned")).isLessThan(0.8 * error(matrix, "straight"));
    checkRecall(matrix, turned.codes(), Bank.open(folder.resolve("turned")));
    checkRecall(matrix, straight.codes(), Bank.open(folder.resolve("straight")));
  }

  /** Mean squared distance of the first part's rows to what their codes stand for. */
  private double error(FloatArray matrix, String bank) throws IOException {
    SafeTensors books = SafeTensors.read(folder.resolve(bank).resolve("codebooks.safetensors"));
    float[] table = books.get("codebooks").data();
    float[] rotation =
        books.tensors().containsKey("rotation") ? books.get("rotation").data() : null;
    byte[] codes = codes(folder.resolve(bank).resolve(BankPart.vectors(0)));
    double error = 0;
    for (int row = 0; row < 64; row++) {
      for (int c = 0; c < COLUMNS; c++) {
        double value = 0;
        for (int i = 0; i < COLUMNS; i++) {
          double turn = rotation == null ? (i == c ? 1 : 0) : rotation[i * COLUMNS + c];
          value += turn * matrix.data()[row * COLUMNS + i];
        }
        int pair = codes[c / 8 * 64 + row];
        int code = c / 4 % 2 == 0 ? pair & 15 : pair >> 4 & 15;
        double difference = value - table[(c / 4 * 16 + code) * 4 + c % 4];
        error += difference * difference / 64;
      }
    }
    return error;
  }

  /**
   * Lists of two parts: with all of them in sight the answers are those without lists, and with as
   * many as were chosen at least as good as was measured.
   */
  @Test
  void listsHoldTheSameCodes() throws IOException {
    FloatArray matrix = gaussian(ROWS);
    Path plain = write(matrix);
    var unused = run(plain, 50);
    QuantizeResult all = run(plain, "all", 50, ", lists = 20, probes = 20");
    QuantizeResult some = run(plain, "some", 50, ", lists = 20");
    Bank flat = Bank.open(folder.resolve("codes"));
    Bank listed = Bank.open(folder.resolve("all"));
    assertThat(listed.manifest().codes().orElseThrow().candidates())
        .isEqualTo(flat.manifest().codes().orElseThrow().candidates());
    Bank chosen = Bank.open(folder.resolve("some"));
    int right = 0;
    long[] rows = HeldOut.rows(ROWS, 50);
    for (long row : rows) {
      int from = (int) row * COLUMNS;
      float[] query = HeldOut.disturb(row, Arrays.copyOfRange(matrix.data(), from, from + COLUMNS));
      assertThat(listed.search(query, 9)).isEqualTo(flat.search(query, 9));
      right += chosen.search(query, 1).get(0).row() == best(matrix, query) ? 1 : 0;
    }
    BankLists lists = some.codes().lists().orElseThrow();
    assertThat(some.id()).isEqualTo(all.id());
    assertThat(lists.count()).isEqualTo(20);
    assertThat(lists.files()).hasSize(2);
    assertThat(right / 50.0).isGreaterThanOrEqualTo(some.codes().recall());
    assertThat(some.codes().recall() >= 0.99 || lists.probes() == 20).isTrue();
    assertThat(some.sentence()).contains(" from " + lists.probes() + " of 20 lists");
    assertThatThrownBy(() -> run(plain, "more", 50, ", lists = 20, probes = 21"))
        .hasMessage("bank.probes is 21, and the bank gets 20 lists");
  }

  private static int best(FloatArray matrix, float[] query) {
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int row = 0; row < ROWS; row++) {
      double product = 0;
      for (int c = 0; c < COLUMNS; c++) {
        product += (double) matrix.data()[row * COLUMNS + c] * query[c];
      }
      if (product > most) {
        most = product;
        best = row;
      }
    }
    return best;
  }

  /** What an interrupted run left behind is no bank; the next one makes it the bank it would be. */
  @Test
  void whatWasInterruptedIsNoBankAndIsFinishedByTheNextRun() throws IOException {
    Path plain = write(gaussian(ROWS));
    Path second = plain.resolve(BankPart.vectors(1));
    byte[] bytes = Files.readAllBytes(second);
    Files.write(second, new byte[bytes.length]);
    assertThatThrownBy(() -> run(plain, "cut", 10, ", lists = 5"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("vectors-1.safetensors");
    assertThat(folder.resolve("cut")).isDirectoryNotContaining("glob:**bank.json");
    Files.write(second, bytes);
    // As if it had been killed after a file of its first part.
    Files.write(folder.resolve("cut").resolve(BankPart.vectors(0)), new byte[] {1, 2, 3});
    QuantizeResult resumed = run(plain, "cut", 10, ", lists = 5");
    QuantizeResult fresh = run(plain, "fresh", 10, ", lists = 5");
    assertThat(resumed.id()).isEqualTo(fresh.id());
    assertThat(listing("cut")).isEqualTo(listing("fresh"));
    assertThat(listing("cut")).noneMatch(name -> name.startsWith("_"));
    Files.delete(folder.resolve("cut/bank.json"));
    Files.writeString(folder.resolve("cut/_attempt"), "of something else");
    assertThatThrownBy(() -> run(plain, "cut", 10, ", lists = 5"))
        .hasMessageContaining("an unfinished run of another input or configuration");
  }

  private List<String> listing(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(name))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aPartThatWasChangedIsNamedAndNothingPublished() throws IOException {
    Path plain = write(gaussian(100));
    Path file = plain.resolve(BankPart.vectors(0));
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 3] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> run(plain, 5))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("vectors-0.safetensors: its SHA-256 is not the one in bank.json");
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 4));
    assertThatThrownBy(() -> run(plain, 5))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("vectors-0.safetensors");
    assertThat(folder.resolve("codes").resolve(BankManifest.FILE)).doesNotExist();
    assertThatThrownBy(() -> run(folder.resolve("nothing"), 5))
        .hasMessageContaining("holds no bank (bank.json is missing): run embed-names first");
  }
}
