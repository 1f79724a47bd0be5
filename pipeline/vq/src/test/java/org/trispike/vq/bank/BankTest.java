package org.trispike.vq.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trispike.kernels.io.FloatArray;
import org.trispike.kernels.io.Half;
import org.trispike.kernels.io.MalformedFileException;
import org.trispike.kernels.io.SafeTensors;
import org.trispike.kernels.io.Sha256;
import org.trispike.vq.Matrices;
import org.trispike.vq.RealData;
import org.trispike.vq.scan.Hit;
import org.trispike.vq.train.Rotation;

final class BankTest {
  @TempDir private Path folder;

  private static List<Integer> naive(FloatArray rows, float[] query, int top) {
    int columns = query.length;
    return IntStream.range(0, rows.shape()[0])
        .boxed()
        .sorted(
            Comparator.comparingDouble(
                row -> {
                  double product = 0;
                  for (int c = 0; c < columns; c++) {
                    product += (double) rows.data()[row * columns + c] * query[c];
                  }
                  return -product;
                }))
        .limit(top)
        .toList();
  }

  private static List<Integer> found(Bank bank, float[] query, int top) {
    return bank.search(query, top).stream().map(Hit::row).toList();
  }

  /** 66,000 rows are two parts, of which the second has no whole blocks. */
  @ParameterizedTest
  @CsvSource({"300, 0", "300, 300", "66000, 0", "66000, 66000"})
  void theBestOfAllRowsAreThoseOfALoop(int rows, int candidates) throws IOException {
    FloatArray matrix = Matrices.gaussian(3, rows, 12);
    BankFixture.write(folder, matrix, false, candidates);
    Bank bank = Bank.open(folder);
    float[] query = Matrices.gaussian(4, 1, 12).data();
    List<Integer> expected = naive(matrix, query, 9);
    assertThat(found(bank, query, 9)).isEqualTo(expected);
    assertThat(bank.name(expected.get(0))).isEqualTo("name " + expected.get(0));
    assertThat(bank.name(rows - 1)).isEqualTo("name " + (rows - 1));
  }

  /** 30 candidates of 66,000 rows: with all lists in sight they are those of the scan of all. */
  @ParameterizedTest
  @CsvSource({"500, 7", "66000, 40"})
  void allListsTogetherAnswerAsTheBankWithoutLists(int rows, int lists) throws IOException {
    FloatArray matrix = Matrices.gaussian(3, rows, 12);
    BankFixture.write(folder.resolve("flat"), matrix, false, 30);
    BankManifest written =
        BankFixture.write(folder.resolve("listed"), matrix, false, 30, lists, lists);
    assertThat(BankManifest.read(folder.resolve("listed"))).isEqualTo(written);
    Bank flat = Bank.open(folder.resolve("flat"));
    Bank listed = Bank.open(folder.resolve("listed"));
    for (int key = 10; key < 20; key++) {
      float[] query = Matrices.gaussian(key, 1, 12).data();
      assertThat(listed.search(query, 30)).isEqualTo(flat.search(query, 30));
    }
  }

  /** What is found in some lists is the best of their rows, by a loop over them. */
  @Test
  void theNearestListsAreSearched() throws IOException {
    FloatArray matrix = Matrices.gaussian(3, 400, 12);
    BankFixture.write(folder, matrix, false, 400, 8, 3);
    Bank bank = Bank.open(folder);
    FloatArray directions =
        SafeTensors.read(folder.resolve(BankVectors.CENTROIDS_FILE)).get("centroids");
    for (int key = 10; key < 20; key++) {
      float[] query = Matrices.gaussian(key, 1, 12).data();
      List<Integer> lists = naive(directions, query, 3);
      List<Integer> expected =
          naive(matrix, query, 400).stream()
              .filter(
                  row -> {
                    float[] values = Arrays.copyOfRange(matrix.data(), row * 12, (row + 1) * 12);
                    return lists.contains(naive(directions, values, 1).get(0));
                  })
              .toList();
      assertThat(found(bank, query, 400)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lists-1.safetensors", "centroids.safetensors"})
  void aListThatWasCutIsNamed(String name) throws IOException {
    BankFixture.write(folder, Matrices.gaussian(3, 400, 12), false, 16, 8, 3);
    Path file = folder.resolve(name);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    assertThatThrownBy(() -> Bank.open(folder))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining(name + ": has " + (bytes.length - 1) + " bytes");
    Files.delete(file);
    assertThatThrownBy(() -> Bank.open(folder)).isInstanceOf(NoSuchFileException.class);
  }

  /** Bytes of a list's sizes or numbers that lie are no way out of the bank. */
  @ParameterizedTest
  @ValueSource(strings = {"sizes", "numbers"})
  void aListThatLiesIsRefused(String tensor) throws IOException {
    BankFixture.write(folder, Matrices.gaussian(3, 400, 12), false, 16, 8, 3);
    Path file = folder.resolve("lists-0.safetensors");
    SafeTensors read = SafeTensors.read(file);
    for (int at = 0; at < 8; at++) {
      byte[] bytes = read.getBytes(tensor).data();
      byte own = bytes[at];
      bytes[at] = (byte) (own + 100);
      SafeTensors.write(file, Map.of(), read.bytes(), Map.of());
      if (at % 4 > 0 || tensor.equals("sizes")) {
        assertThatThrownBy(() -> Bank.open(folder))
            .isInstanceOf(MalformedFileException.class)
            .hasMessageContaining(file.toString());
      }
      bytes[at] = own;
    }
  }

  /** A rotation that does not fit is refused with its file; one that does turns queries, too. */
  @Test
  void aRotationThatIsNoneIsRefused() throws IOException {
    FloatArray matrix = Matrices.gaussian(3, 300, 12);
    BankManifest plain = BankFixture.write(folder, matrix, false, 300);
    Path file = folder.resolve(BankVectors.CODEBOOKS_FILE);
    Map<String, FloatArray> tensors = new TreeMap<>(SafeTensors.read(file).tensors());
    float[] shear = Rotation.identity(12).matrix().data().clone();
    shear[1] = 0.5f;
    tensors.put("rotation", new FloatArray(new int[] {12, 12}, shear));
    SafeTensors.write(file, tensors, Map.of());
    publish(plain, file);
    assertThatThrownBy(() -> Bank.open(folder))
        .isInstanceOf(MalformedFileException.class)
        .hasMessage(file + ": R·Rᵀ is not 1");
    tensors.put("rotation", new FloatArray(new int[] {9, 16}, new float[144]));
    SafeTensors.write(file, tensors, Map.of());
    publish(plain, file);
    assertThatThrownBy(() -> Bank.open(folder)).hasMessageContaining("rotation has shape [9, 16]");
  }

  private void publish(BankManifest plain, Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    BankFile codebooks = new BankFile(BankVectors.CODEBOOKS_FILE, bytes.length, Sha256.of(bytes));
    BankCodes codes = new BankCodes("pq4", 300, 1, 1, codebooks, Optional.empty());
    BankManifest manifest =
        new BankManifest(plain.space(), plain.half(), plain.parts(), Optional.of(codes), Map.of());
    Files.write(folder.resolve(BankManifest.FILE), manifest.json());
  }

  @Test
  void halvesAreRankedAsTheyLie() throws IOException {
    FloatArray matrix = Matrices.gaussian(3, 200, 8);
    BankFixture.write(folder, matrix, true, 200);
    float[] rounded = new float[matrix.data().length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = Half.toFloat(Half.of(matrix.data()[i]));
    }
    float[] query = Matrices.gaussian(4, 1, 8).data();
    assertThat(found(Bank.open(folder), query, 5))
        .isEqualTo(naive(new FloatArray(matrix.shape(), rounded), query, 5));
  }

  /** Names of LVIS, each looked for with noise that leaves a cosine of about a half. */
  @Test
  void namesOfLvisAreFoundAgain() throws IOException {
    FloatArray matrix = RealData.clip("lvis_v1");
    BankFixture.write(folder, matrix, true, 64);
    Bank bank = Bank.open(folder);
    float[] noise = Matrices.gaussian(77, 100, 512).data();
    int right = 0;
    for (int i = 0; i < 100; i++) {
      float[] query = Arrays.copyOfRange(noise, i * 512, (i + 1) * 512);
      for (int c = 0; c < 512; c++) {
        query[c] = matrix.data()[12 * i * 512 + c] + (float) Math.sqrt(3.0 / 512) * query[c];
      }
      right += found(bank, query, 1).equals(naive(matrix, query, 1)) ? 1 : 0;
    }
    assertThat(right).isGreaterThanOrEqualTo(99);
  }

  @Test
  void manifestSurvivesTheRoundTrip() throws IOException {
    BankManifest written = BankFixture.write(folder, Matrices.gaussian(3, 70, 8), true, 16);
    assertThat(BankManifest.read(folder)).isEqualTo(written);
    assertThat(written.rows()).isEqualTo(70);
    // As quantized banks were before they could have lists or a rotation.
    Path json = folder.resolve(BankManifest.FILE);
    String text = Files.readString(json, StandardCharsets.UTF_8);
    assertThat(text).contains("\"format_version\": 2");
    Files.writeString(json, text.replace("\"format_version\": 2", "\"format_version\": 1"));
    assertThat(BankManifest.read(folder)).isEqualTo(written);
  }

  @Test
  void whatIsNoBankIsNamed() throws IOException {
    assertThatThrownBy(() -> Bank.open(folder))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining(folder.resolve("bank.json").toString());
    BankFixture.write(folder, Matrices.gaussian(3, 70, 8), false, 16);
    assertThatThrownBy(() -> Bank.open(folder).search(new float[7], 1))
        .hasMessage("A query of 7 numbers meets rows of 8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"vectors-0.safetensors", "names-0.txt", "codebooks.safetensors"})
  void aFileThatWasCutIsNamed(String name) throws IOException {
    BankFixture.write(folder, Matrices.gaussian(3, 70, 8), false, 16);
    Path file = folder.resolve(name);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    assertThatThrownBy(() -> Bank.open(folder))
        .isInstanceOfSatisfying(
            MalformedFileException.class,
            e -> assertThat(e.reason()).isEqualTo(MalformedFileException.Reason.TRUNCATED))
        .hasMessage(
            file + ": has " + (bytes.length - 1) + " bytes, bank.json says " + bytes.length);
    Files.delete(file);
    assertThatThrownBy(() -> Bank.open(folder))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining(name);
  }

  @Test
  void codebooksOfAnotherBankAreRefused() throws IOException {
    BankFixture.write(folder, Matrices.gaussian(3, 70, 8), false, 16);
    Path file = folder.resolve("codebooks.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> Bank.open(folder))
        .hasMessage(file + ": its SHA-256 is not the one in bank.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"columns\": 8 | \"columns\": 9 | vectors-0.safetensors: rows are 70 x 8",
        "\"rows\": 70 | \"rows\": 71 | rows",
        "trispike-bank | some-bank | format is not trispike-bank",
        "\"format_version\": 1 | \"format_version\": 3 | format_version is 3, known are 1 and 2",
        "vectors-0.saf | ../etc.saf | is no name of a bank's file",
        "float32 | float64 | precision has the unknown value float64",
        "\"id\": \"| \"id\": \"0 | id is not that of its files' hashes"
      })
  void aManifestThatLiesIsRefused(String from, String to, String message) throws IOException {
    BankFixture.write(folder, Matrices.gaussian(3, 70, 8), false, 0);
    Path json = folder.resolve("bank.json");
    String text = Files.readString(json, StandardCharsets.UTF_8);
    Files.writeString(json, text.replaceFirst(from, to));
    assertThatThrownBy(() -> Bank.open(folder))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining(message);
  }
}
