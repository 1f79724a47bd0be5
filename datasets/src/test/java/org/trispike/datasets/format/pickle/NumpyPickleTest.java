package org.trispike.datasets.format.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trispike.datasets.format.pickle.Pickles.read;
import static org.trispike.datasets.format.pickle.Pickles.refused;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.NpyArray;
import org.trispike.datasets.format.Reason;
import org.trispike.kernels.KeyedRandom;

final class NumpyPickleTest {
  private static final String EMPTY =
      "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(K\0tC\1btR";

  /** A type by its name, little-endian. */
  private static String type(String name) {
    return "cnumpy\ndtype\n(U"
        + (char) name.length()
        + name
        + "\u0089\u0088tR(K\3U\1<NNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\0tb";
  }

  private static String array(String shape, String type, String content) {
    return EMPTY + "(K\1" + shape + type + "\u0089" + content + "tb.";
  }

  private static void assertFloats(Object value, float... expected) {
    NpyArray array = (NpyArray) value;
    float[] values = new float[array.numbers().count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i);
    }
    assertThat(values).containsExactly(expected);
  }

  @Test
  void readsWhatNumpyWroteInAllProtocols() throws IOException, CorruptInputException {
    for (int protocol : Pickles.PROTOCOLS) {
      Map<?, ?> map = (Map<?, ?>) read(Pickles.fixture("numpy" + protocol + ".pkl"));
      assertFloats(map.get("f2"), 1, -0.5f, 65504);
      assertFloats(map.get("f4"), 0.1f, 2, 3, 4);
      assertFloats(map.get("f8 big-endian"), 0.1f, -2);
      assertFloats(map.get("i1"), -128, 127);
      assertFloats(map.get("u1"), 0, 255);
      assertFloats(map.get("i2 big-endian"), -2, 300);
      assertFloats(map.get("u2"), 65535);
      assertFloats(map.get("i4"), -7);
      assertFloats(map.get("u4"), 0x1p32f - 1);
      assertFloats(map.get("i8"), 0x1p40f, -1);
      assertFloats(map.get("bool"), 1, 0, 1);
      assertFloats(map.get("cube"), 0, 1, 2, 3, 4, 5, 6, 7);
      NpyArray columns = (NpyArray) map.get("columns first");
      assertThat(columns.extent(0)).isEqualTo(2);
      assertThat(columns.extent(1)).isEqualTo(3);
      for (int i = 0; i < 6; i++) {
        assertThat(columns.get(i / 3, i % 3)).isEqualTo(i);
      }
      assertThat(((NpyArray) map.get("cube")).dimensions()).isEqualTo(3);
      assertThat(((NpyArray) map.get("scalar array")).dimensions()).isZero();
      assertFloats(map.get("scalar array"), 2.5f);
      assertThat(map.get("texts")).isEqualTo(List.of("chair", "", "\ud834\udd1e\u2603"));
      assertThat(map.get("objects")).isEqualTo(Arrays.asList("a", null, 3L));
      assertThat(map.get("float32")).isEqualTo((double) 0.1f);
      assertThat(map.get("float64")).isEqualTo(0.1);
      assertThat(map.get("int64")).isEqualTo(Long.MIN_VALUE);
      assertThat(map.get("uint8")).isEqualTo(255L);
      assertThat(map.get("bool_")).isEqualTo(true);
      assertThat(map.get("str_")).isEqualTo("word");
      List<?> same = (List<?>) map.get("same type");
      assertFloats(same.get(0), 0, 0);
      assertFloats(same.get(1), 1, 1);
      assertThat(map).hasSize(23);
    }
  }

  @Test
  void readsArraysOfPython2AndOfNumpy2() throws CorruptInputException {
    String written = array("K\2\u0085", type("u2"), "U\4\u00ff\u00ff\1\0");
    assertFloats(read(written), 65535, 1);
    assertFloats(read(written.replace("numpy.core", "numpy._core")), 65535, 1);
  }

  @Test
  void namesTypesThatItDoesNotRead() {
    for (String name : new String[] {"c16", "V8", "M8", "S3", "f16", "b2", "f4x", "O4"}) {
      refused(array("K\1\u0085", type(name), "C\0"), Reason.UNSUPPORTED, "type '" + name + "'");
    }
    refused(
        array("K\1\u0085", type("f4").replace("<NNN", "<N)N"), "C\0"),
        Reason.UNSUPPORTED,
        "Arrays of records");
    refused(array("K\1K\1\u0086", type("U1"), "C\4abcd"), Reason.UNSUPPORTED, "only rows are read");
    refused(array("K\1K\1\u0086", type("O8"), "]"), Reason.UNSUPPORTED, "only rows are read");
  }

  @Test
  void namesWhatDoesNotFitTogether() {
    String floats = type("f4");
    refused(array("K\2\u0085", floats, "C\4abcd"), Reason.BAD_HEADER, "size of an array");
    refused(array("K\0\u0085", floats, "C\4abcd"), Reason.BAD_HEADER, "not that of its shape");
    refused(array("K\2\u0085", type("O8"), "]"), Reason.BAD_HEADER, "not that of its shape");
    refused(array("K\1\u0085", type("U2"), "C\4abcd"), Reason.BAD_HEADER, "not that of its");
    refused(array("K\1\u0085", type("U1"), "C\4abcd"), Reason.CORRUPT_INPUT, "holds no character");
    refused(
        array("J\u00ff\u00ff\u00ff\u00ff\u0085", floats, "C\0"), Reason.COUNT_OVERFLOW, "shape");
    refused(
        array("J\0\0\0\u007fJ\0\0\0\u007f\u0086", floats, "C\0"),
        Reason.COUNT_OVERFLOW,
        "too many values");
    refused(array("J\0\0\0\u007f\u0085", type("U0"), "C\0"), Reason.COUNT_OVERFLOW, "10,000,000");
    refused(
        array("(" + "K\1".repeat(33) + "t", floats, "C\0"), Reason.COUNT_OVERFLOW, "32 dimensions");
    refused(array("K\1\u0085", floats, "X\3\0\0\0\u00e2\u0098\u0083"), Reason.CORRUPT_INPUT, "255");
    refused(array("K\1\u0085", floats, "N"), Reason.CORRUPT_INPUT, "Bytes are missing");
    refused(array("K\1\u0085", "N", "C\0"), Reason.CORRUPT_INPUT, "A type is missing");
    refused(array("]", floats, "C\0"), Reason.CORRUPT_INPUT, "A tuple is missing");
    refused(
        array("K\1\u0085", floats.replace("U\1<", "U\1?"), "C\0"), Reason.CORRUPT_INPUT, "order");
    refused(EMPTY + ".", Reason.CORRUPT_INPUT, "unfinished");
    refused(EMPTY + "(K\2tb.", Reason.CORRUPT_INPUT, "unknown state");
    String scalar = "cnumpy.core.multiarray\nscalar\n(" + type("u8");
    refused(scalar + "C\10\0\0\0\0\0\0\0\u0080tR.", Reason.UNSUPPORTED, "beyond 64 bits");
    refused(scalar + "C\1atR.", Reason.BAD_HEADER, "as long as its type");
  }

  @Test
  void bytesMadeOfRememberedTextAreBounded() {
    String text = "X\0\u0010\0\0" + "a".repeat(4096) + "q\0";
    String again = "c_codecs\nencode\n(h\0X\6\0\0\0latin1tRa";
    refused("]" + text + "a" + again.repeat(200) + ".", Reason.TOO_LARGE, "many times its size");
  }

  @Test
  void anyDamageIsAValueOrANamedFault() throws IOException {
    for (int protocol : Pickles.PROTOCOLS) {
      damaged(Pickles.fixture("plain" + protocol + ".pkl"));
      damaged(Pickles.fixture("numpy" + protocol + ".pkl"));
    }
  }

  private static void damaged(byte[] bytes) {
    int faults = 0;
    for (int round = 0; round < 3000; round++) {
      KeyedRandom random = KeyedRandom.of(round);
      byte[] copy =
          round % 10 == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes.clone();
      for (int i = random.nextInt(4); i >= 0 && copy.length > 0; i--) {
        int at = random.nextInt(copy.length);
        // Half of the bytes come from elsewhere in the pickle: instructions, most of them.
        boolean moved = random.nextInt(2) == 0;
        copy[at] = moved ? bytes[random.nextInt(bytes.length)] : (byte) random.nextInt(256);
      }
      try {
        read(copy);
      } catch (CorruptInputException e) {
        assertThat(e.getMessage()).contains(", at byte ");
        faults++;
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("round " + round + ": " + e, e);
      }
    }
    assertThat(faults).isGreaterThan(1000);
  }
}
