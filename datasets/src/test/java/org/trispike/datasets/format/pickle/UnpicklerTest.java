package org.trispike.datasets.format.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trispike.datasets.format.pickle.Pickles.read;
import static org.trispike.datasets.format.pickle.Pickles.refused;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;

final class UnpicklerTest {
  /** What make_fixtures.py calls plain, without the bytes. */
  private static Map<Object, Object> plain() {
    Map<Object, Object> map = new LinkedHashMap<>();
    map.put("none", null);
    map.put("yes", true);
    map.put("no", false);
    map.put("zero", 0L);
    map.put("byte", 200L);
    map.put("short", 40000L);
    map.put("negative", -5L);
    map.put("int", 2147483647L);
    map.put("large", 4611686018427387905L);
    map.put("smallest", Long.MIN_VALUE);
    map.put("minus 129", -129L - (1L << 40));
    map.put("real", 0.1);
    map.put("tiny", -Double.MIN_VALUE);
    map.put("infinite", Double.POSITIVE_INFINITY);
    map.put("not a number", Double.NaN);
    map.put("text", "na\u00efve\n snow \u2603 clef \ud834\udd1e back\\slash \\u0041 \0 end");
    map.put("long text", "0123456789".repeat(40));
    map.put("list", List.of(1L, List.of(2L, List.of()), List.of(), Map.of()));
    map.put(
        "tuples",
        List.of(List.of(1L), List.of(1L, "b"), List.of(1L, 2L, 3L), List.of(1L, 2L, 3L, 4L)));
    List<Object> shared = Arrays.asList("shared", null);
    map.put("shared", List.of(shared, shared));
    map.put(7L, "seven");
    map.put(-3L, Collections.nCopies(3, null));
    return map;
  }

  @Test
  void readsWhatPythonWroteInAllProtocols() throws IOException, CorruptInputException {
    byte[] bytes = new byte[512];
    for (int i = 0; i < 512; i++) {
      bytes[i] = (byte) i;
    }
    for (int protocol : Pickles.PROTOCOLS) {
      Map<?, ?> map = (Map<?, ?>) read(Pickles.fixture("plain" + protocol + ".pkl"));
      assertThat((byte[]) map.remove("bytes")).as("protocol %s", protocol).isEqualTo(bytes);
      assertThat(map).as("protocol %s", protocol).isEqualTo(plain());
      assertThat(map.keySet().iterator().next()).isEqualTo("none");
    }
  }

  @Test
  void readsTheOlderAndTheRarerInstructions() throws CorruptInputException {
    assertThat(read("I01\n.")).isEqualTo(true);
    assertThat(read("I-12\n.")).isEqualTo(-12L);
    assertThat(read("L12L\n.")).isEqualTo(12L);
    assertThat(read("F1e3\n.")).isEqualTo(1000.0);
    assertThat(read("F-inf\n.")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(read("\u008a\0.")).isEqualTo(0L);
    assertThat(read("\u008a\1\u00ff.")).isEqualTo(-1L);
    assertThat(read("\u008b\2\0\0\0\u00ff\0.")).isEqualTo(255L);
    assertThat(read("U\2\u00e4b.")).isEqualTo("\u00e4b");
    assertThat(read("V\\U0001d11e\\n\n.")).isEqualTo("\ud834\udd1e\\n");
    assertThat(read("(K\1K\2lK\3a.")).isEqualTo(List.of(1L, 2L, 3L));
    assertThat(read("(K\1K\2d.")).isEqualTo(Map.of(1L, 2L));
    assertThat(read("K\1K\0020.")).isEqualTo(1L);
    assertThat(read("K\1(0.")).isEqualTo(1L);
    assertThat(read("K\1(K\2K\0031.")).isEqualTo(1L);
    assertThat(read("K\0012\u0086.")).isEqualTo(List.of(1L, 1L));
    assertThat(read("N.")).isNull();
  }

  @Test
  void namesEveryGlobalThatItDoesNotKnow() throws IOException {
    for (int protocol : new int[] {0, 4}) {
      byte[] evil = Pickles.fixture("evil" + protocol + ".pkl");
      refused(evil, Reason.UNSUPPORTED, "It asks for the global posix.system");
    }
    refused("cos\nsystem\n(S'ls'\ntR.", Reason.UNSUPPORTED, "the global os.system");
    refused("(ios\nsystem\n.", Reason.UNSUPPORTED, "the global os.system");
    refused("cbuiltins\neval\n.", Reason.UNSUPPORTED, "the global builtins.eval");
    refused("cnumpy\nload\n.", Reason.UNSUPPORTED, "the global numpy.load");
    refused("c_codecs\ndecode\n.", Reason.UNSUPPORTED, "the global _codecs.decode");
    refused(
        "\u008c\5numpy\u008c\15ndarray.dumps\u0093.",
        Reason.UNSUPPORTED,
        "the global numpy.ndarray.dumps");
    refused("c" + "x".repeat(200) + "\ny\n.", Reason.UNSUPPORTED, "x...");
  }

  @Test
  void namesWhatIsNoData() {
    refused("\u008f.", Reason.UNSUPPORTED, "Sets are not read, at byte 0");
    refused("(\u0091.", Reason.UNSUPPORTED, "Sets");
    refused("N)\u0081.", Reason.UNSUPPORTED, "Objects of classes");
    refused("(o.", Reason.UNSUPPORTED, "Objects of classes");
    refused("P1\n.", Reason.UNSUPPORTED, "outside of the pickle");
    refused("\u0082\1.", Reason.UNSUPPORTED, "outside of the pickle");
    refused("\u0097.", Reason.UNSUPPORTED, "outside of the pickle");
    refused("S'a'\n.", Reason.UNSUPPORTED, "Python 2");
    refused("\u008a\11\0\0\0\0\0\0\0\0\1.", Reason.UNSUPPORTED, "integer of 9 bytes");
    refused("L9223372036854775808L\n.", Reason.UNSUPPORTED, "9223372036854775808 is beyond 64");
    refused("}NNs.", Reason.UNSUPPORTED, "A key is neither text nor an integer");
    refused("}\u0088Ns.", Reason.UNSUPPORTED, "A key");
    refused("NNb.", Reason.UNSUPPORTED, "state to what has none");
    refused("cnumpy\nndarray\n.", Reason.CORRUPT_INPUT, "unfinished");
    refused("(cnumpy\ndtype\nl.", Reason.CORRUPT_INPUT, "unfinished");
  }

  @Test
  void namesWhatIsMalformed() {
    refused("", Reason.TRUNCATED, "1 bytes are more than the 0 left");
    refused("N", Reason.TRUNCATED, "more than the 0 left, at byte 1");
    refused("\u0080\6N.", Reason.BAD_HEADER, "Protocol 6");
    refused("\u0080\4\u0095\7\0\0\0\0\0\0\0N.", Reason.TRUNCATED, "7 bytes are more than the 2");
    refused("\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff.", Reason.TRUNCATED, "more");
    refused("X\u00ff\u00ff\u00ff\u00ffab.", Reason.TRUNCATED, "4294967295 bytes are more");
    refused("X\1\0\0\0\u00ff.", Reason.CORRUPT_INPUT, "not UTF-8");
    refused("I12", Reason.TRUNCATED, "ends in a line");
    refused("I1x\n.", Reason.CORRUPT_INPUT, "'1x' is no integer");
    refused("F0x1p3\n.", Reason.CORRUPT_INPUT, "'0x1p3' is no number");
    refused("V\\u12\n.", Reason.CORRUPT_INPUT, "no character");
    refused("V\\U00110000\n.", Reason.CORRUPT_INPUT, "no character");
    refused("\u0001.", Reason.CORRUPT_INPUT, "1 is no instruction");
    refused(".", Reason.CORRUPT_INPUT, "takes a value where there is none");
    refused("K\1(a.", Reason.CORRUPT_INPUT, "takes a value where there is none");
    refused("t.", Reason.CORRUPT_INPUT, "closes a mark");
    refused("NN.", Reason.CORRUPT_INPUT, "leaves values");
    refused("N(N.", Reason.CORRUPT_INPUT, "leaves values");
    refused("N.N", Reason.CORRUPT_INPUT, "goes on after its end");
    refused("h\7.", Reason.CORRUPT_INPUT, "recalls 7");
    refused("Ngx\n.", Reason.CORRUPT_INPUT, "'x' is no place");
    refused(")Na.", Reason.CORRUPT_INPUT, "what is no list");
    refused("]NNs.", Reason.CORRUPT_INPUT, "what is no dictionary");
    refused("}(Nu.", Reason.CORRUPT_INPUT, "what is no dictionary");
    refused("NN\u0093.", Reason.CORRUPT_INPUT, "without a name");
    refused("cnumpy\ndtype\n)R.", Reason.CORRUPT_INPUT, "wrong arguments");
    refused("N)R.", Reason.CORRUPT_INPUT, "wrong arguments");
  }

  @Test
  void boundsDepthAndNumber() throws CorruptInputException {
    assertThat(read(")" + "\u0085".repeat(63) + ".")).isNotNull();
    refused(")" + "\u0085".repeat(64) + ".", Reason.TOO_LARGE, "nested deeper than 64");
    refused("(".repeat(1001) + ".", Reason.TOO_LARGE, "1000 marks");
    refused("]q\0h\0a.", Reason.TOO_LARGE, "nested deeper");
    assertThat(read("(" + "N".repeat(1 << 18) + "t.")).isNotNull();
    refused("(" + "N".repeat((1 << 18) + 1) + "t.", Reason.TOO_LARGE, "262,144 values");
    refused("N0".repeat(10_000_001) + ".", Reason.COUNT_OVERFLOW, "10,000,000 objects");
    // Thirty tuples, each of the one before it three times over.
    String nested = ")" + ("q\0" + "h\0".repeat(2) + "\u0087").repeat(30) + ".";
    refused(nested, Reason.COUNT_OVERFLOW, "10,000,000 values");
  }
}
