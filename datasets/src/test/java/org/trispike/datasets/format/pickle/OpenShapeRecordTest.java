package org.trispike.datasets.format.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.format.MemoryFiles;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.ShapeReader;
import org.trispike.datasets.format.Source;
import org.trispike.kernels.KeyedRandom;

final class OpenShapeRecordTest {
  private static OpenShapeRecord read(byte[] bytes) throws CorruptInputException {
    return OpenShapeRecord.read(
        Source.of(MemoryFiles.of("a.npy", bytes), "a.npy", Limits.defaults()));
  }

  private static void refused(byte[] bytes, Reason reason, String message) {
    CorruptInputException fault =
        catchThrowableOfType(() -> read(bytes), CorruptInputException.class);
    assertThat(fault).as("no fault: %s", message).isNotNull();
    assertThat(fault.toString()).contains(message);
    assertThat(fault.reason()).as(fault.toString()).isEqualTo(reason);
  }

  /** The record with one word for another of the same length. */
  private static byte[] with(String word, String other) throws IOException {
    String text = new String(Pickles.fixture("openshape.npy"), StandardCharsets.ISO_8859_1);
    assertThat(text).contains(word);
    assertThat(other).hasSameSizeAs(word);
    return Pickles.of(text.replace(word, other));
  }

  /** The formula of make_fixtures.py. */
  private static void assertFeatures(OpenShapeText text, float first, boolean prompts) {
    assertThat(text.original())
        .containsExactly(first, first + 0.125f, first + 0.25f, first + 0.375f);
    if (prompts) {
      assertThat(text.promptAverage())
          .containsExactly(-first, -first - 0.125f, -first - 0.25f, -first - 0.375f);
    } else {
      assertThat(text.promptAverage()).isEmpty();
    }
  }

  @Test
  void readsARecordThatNumpyWrote() throws IOException, CorruptInputException {
    OpenShapeRecord record = read(Pickles.fixture("openshape.npy"));
    assertThat(record.dataset()).isEqualTo("Objaverse");
    assertThat(record.group()).isEqualTo("000-001");
    assertThat(record.id()).isEqualTo("0a1b2c");
    for (int i = 0; i < 12; i++) {
      assertThat(record.cloud().xyz()[i]).isEqualTo(i / 4f);
      assertThat(record.cloud().rgb()[i]).isEqualTo(i / 11f);
    }
    assertThat(record.imageFeatures()).hasSize(2);
    assertThat(record.imageFeatures().get(1)).containsExactly(4, 5, 6, 7);
    assertThat(record.thumbnailFeature()).containsExactly(0, 1, 2, 3);
    assertThat(record.texts())
        .extracting(OpenShapeText::text)
        .containsExactly("a chair", "st\u00fchle");
    assertFeatures(record.texts().get(1), 2, true);
    assertThat(record.blipCaption().text()).isEqualTo("a wooden chair");
    assertFeatures(record.blipCaption(), 3, true);
    assertThat(record.msftCaption().text()).isEqualTo("a chair on a floor");
    assertFeatures(record.msftCaption(), 4, true);
    assertThat(record.retrievalTexts()).hasSize(1);
    assertThat(record.retrievalTexts().get(0).text()).isEqualTo("chair for sale");
    assertFeatures(record.retrievalTexts().get(0), 5, false);
  }

  @Test
  void whatIsMissingIsEmpty() throws IOException, CorruptInputException {
    OpenShapeRecord record = read(Pickles.fixture("bare.npy"));
    assertThat(record.cloud().points()).isEqualTo(4);
    assertThat(record.cloud().rgb()).containsOnly(0.8f);
    assertThat(record.dataset() + record.group() + record.id()).isEmpty();
    assertThat(record.imageFeatures()).isEmpty();
    assertThat(record.thumbnailFeature()).isEmpty();
    assertThat(record.texts()).isEmpty();
    assertThat(record.blipCaption().text()).isEmpty();
    assertThat(record.msftCaption().original()).isEmpty();
    assertThat(record.retrievalTexts()).isEmpty();
  }

  @Test
  void namesWhatIsWrong() throws IOException {
    refused(Pickles.fixture("no_xyz.npy"), Reason.EMPTY, "It has no 'xyz'");
    refused(Pickles.fixture("evil.npy"), Reason.UNSUPPORTED, "the global posix.system");
    refused(Pickles.fixture("plain3.pkl"), Reason.BAD_MAGIC, "no .npy file");
    refused(with("'|O'", "'f4'"), Reason.UNSUPPORTED, "no object of Python");
    refused(with("xyz", "xyy"), Reason.EMPTY, "no 'xyz'");
  }

  /** A file with a dictionary of these instructions. */
  private static byte[] npy(String... namesAndValues) {
    String header = "{'descr': '|O', 'fortran_order': False, 'shape': (), }\n";
    StringBuilder all = new StringBuilder("\u0093NUMPY\1\0");
    all.append((char) header.length()).append('\0').append(header).append('}');
    for (int i = 0; i < namesAndValues.length; i += 2) {
      String name = namesAndValues[i];
      all.append("U").append((char) name.length()).append(name).append(namesAndValues[i + 1]);
      all.append('s');
    }
    return Pickles.of(all.append('.').toString());
  }

  private static String floats(String shape, String bytes) {
    return "cnumpy.core.numeric\n_frombuffer\n(C"
        + (char) bytes.length()
        + bytes
        + "cnumpy\ndtype\n(U\2f4\u0089\u0088tR(K\3U\1<NNNNNNtb"
        + shape
        + "U\1CtR";
  }

  @Test
  void namesFieldsOfOtherTypes() {
    String point = floats("K\1K\3\u0086", "\0".repeat(12));
    String nothing = floats("K\1\u0085", "\0\0\u00c0\u007f");
    refused(npy("xyz", "]"), Reason.UNSUPPORTED, "'xyz' is no [n, 3]");
    refused(npy("xyz", floats("K\3\u0085", "\0".repeat(12))), Reason.UNSUPPORTED, "no [n, 3]");
    refused(npy("xyz", floats("K\0K\3\u0086", "")), Reason.EMPTY, "no 'xyz'");
    refused(
        npy("xyz", point, "rgb", floats("K\2K\3\u0086", "\0".repeat(24))),
        Reason.BAD_HEADER,
        "colours of 2 points for 1");
    refused(npy("xyz", point, "id", "]"), Reason.UNSUPPORTED, "'id' is no text");
    refused(npy("xyz", point, "text", "U\1a"), Reason.UNSUPPORTED, "'text' is no list");
    refused(
        npy("xyz", point, "text", "(U\1aU\1bl", "text_feat", "(Nl"),
        Reason.BAD_HEADER,
        "'text' has 2 texts with 1 features");
    refused(
        npy("xyz", point, "text", "(U\1al", "text_feat", "(K\1l"),
        Reason.UNSUPPORTED,
        "features of 'text' are no dictionary");
    refused(
        npy("xyz", point, "image_feat", "K\1"), Reason.UNSUPPORTED, "'image_feat' is no [n, d]");
    refused(
        npy("xyz", point, "image_feat", "(Nl"), Reason.UNSUPPORTED, "'image_feat' is no [n, d]");
    refused(npy("xyz", point, "thumbnail_feat", nothing), Reason.NOT_FINITE, "'thumbnail_feat'");
    refused(
        npy("xyz", point, "thumbnail_feat", floats("K\2K\1\u0086", "\0".repeat(8))),
        Reason.UNSUPPORTED,
        "'thumbnail_feat' is no vector");
    refused(
        npy("xyz", floats("K\1K\3\u0086", "\0".repeat(10) + "\u00c0\u007f")),
        Reason.NOT_FINITE,
        "Vertex 0");
  }

  @Test
  void shapesAreNeverReadFromObjects() throws IOException {
    byte[] bytes = Pickles.fixture("openshape.npy");
    CorruptInputException fault =
        catchThrowableOfType(
            () -> ShapeReader.read(MemoryFiles.of("a.npy", bytes), "a.npy", Limits.defaults()),
            CorruptInputException.class);
    assertThat(fault.reason()).isEqualTo(Reason.UNSUPPORTED);
    assertThat(fault).hasMessageContaining("does not hold plain numbers");
  }

  @Test
  void anyDamageIsARecordOrANamedFault() throws IOException {
    byte[] bytes = Pickles.fixture("openshape.npy");
    int faults = 0;
    for (int round = 0; round < 4000; round++) {
      KeyedRandom random = KeyedRandom.of(round);
      byte[] copy =
          round % 10 == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes.clone();
      for (int i = random.nextInt(4); i >= 0 && copy.length > 0; i--) {
        copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
      }
      try {
        read(copy);
      } catch (CorruptInputException e) {
        faults++;
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("round " + round + ": " + e, e);
      }
    }
    assertThat(faults).isGreaterThan(1000);
  }
}
