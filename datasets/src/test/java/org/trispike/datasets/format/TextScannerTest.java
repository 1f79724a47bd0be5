package org.trispike.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.trispike.kernels.KeyedRandom;

final class TextScannerTest {
  private static final Source SOURCE =
      new Source(new MemoryFiles(), "a.txt", Limits.defaults(), new TextureCache());

  private static TextScanner scanner(String text, boolean comments) {
    return new TextScanner(SOURCE, text.getBytes(StandardCharsets.UTF_8), 0, comments);
  }

  private static float number(String text) throws CorruptInputException {
    return scanner(text, true).number();
  }

  @Test
  void readsNumbersAsTheJdkDoes() throws CorruptInputException {
    for (String text :
        new String[] {
          "0",
          "-0",
          "+1",
          "1.",
          ".5",
          "-.5e1",
          "1e5",
          "1E-05",
          "1e+05",
          "123456789.123456789",
          "0.1",
          "16777217",
          "1e22",
          "1e23",
          "9007199254740993",
          "3.4028235e38",
          "1e-45",
          "1e-400",
          "00000000000000000000001.5",
          "1.17549435e-38",
          "0.000000000000000000000000123",
          "7e0"
        }) {
      assertThat(number(text)).as(text).isEqualTo((float) Double.parseDouble(text));
    }
    for (int i = 0; i < 20_000; i++) {
      KeyedRandom random = KeyedRandom.of(i);
      double value = random.uniform(-1, 1) * Math.pow(10, random.nextInt(60) - 30);
      String text =
          String.format(Locale.ROOT, i % 2 == 0 ? "%." + i % 17 + "f" : "%." + i % 17 + "e", value);
      assertThat(number(text)).as(text).isEqualTo((float) Double.parseDouble(text));
    }
  }

  @Test
  void numbersThatAreNoneAreNamedWithTheirLine() throws CorruptInputException {
    assertThat(number("nan")).isNaN();
    assertThat(number("-NaN(ind)")).isNaN();
    assertThat(scanner("-1.#IND", false).number()).isNaN();
    assertThat(number("-inf")).isInfinite();
    assertThat(number("1e999")).isInfinite();
    for (String text : new String[] {"x", "1e", "1e+", "-", ".", "1.2.3", "0x10", "1,5", "--1"}) {
      assertThatThrownBy(() -> number("\n\r\n" + text))
          .as(text)
          .isInstanceOf(CorruptInputException.class)
          .hasMessage("Line 3: '" + text + "' is no number");
    }
    assertThatThrownBy(() -> number(" # 1"))
        .hasMessage("The file ends where a number should follow");
  }

  @Test
  void readsWholeNumbers() throws CorruptInputException {
    TextScanner in = scanner("12 -7\t+5\r999999999999999 8/9", true);
    assertThat(in.integer()).isEqualTo(12);
    assertThat(in.integer()).isEqualTo(-7);
    assertThat(in.integer()).isEqualTo(5);
    assertThat(in.integer()).isEqualTo(999_999_999_999_999L);
    assertThatThrownBy(in::integer).hasMessage("Line 2: '8/9' is no whole number");
    TextScanner part = scanner("8/9", true);
    assertThat(part.integerPart()).isEqualTo(8);
    assertThat(part.peek()).isEqualTo('/');
    assertThatThrownBy(() -> scanner("1000000000000000", true).integer())
        .hasMessageContaining("is no whole number");
  }

  @Test
  void knowsLinesOfAllEndsCommentsAndTheByteOrderMark() throws CorruptInputException {
    TextScanner in = scanner("\uFEFFa b # c\r\nd\re\n\n f  g #h", true);
    assertThat(in.word()).isEqualTo("a");
    assertThat(in.moreOnLine()).isTrue();
    assertThat(in.restOfLine()).isEqualTo("b");
    in.nextLine();
    assertThat(in.line()).isEqualTo(2);
    assertThat(in.word()).isEqualTo("d");
    assertThat(in.moreOnLine()).isFalse();
    assertThat(in.word()).isEqualTo("e");
    assertThat(in.line()).isEqualTo(3);
    assertThat(in.more()).isTrue();
    assertThat(in.line()).isEqualTo(5);
    assertThat(in.restOfLine()).isEqualTo("f  g");
    assertThat(in.more()).isFalse();
    assertThatThrownBy(in::word).hasMessageContaining("ends where a word should follow");
    assertThat(scanner("a #b", false).restOfLine()).isEqualTo("a #b");
  }

  @Test
  void passesOverWordsInAnyCase() {
    TextScanner in = scanner("OuTer loops", true);
    assertThat(in.skipWord("out")).isFalse();
    assertThat(in.skipWord("outer")).isTrue();
    assertThat(in.moreOnLine()).isTrue();
    assertThat(in.skipWord("loop")).isFalse();
    assertThat(in.skip("loop")).isTrue();
    assertThat(in.peek()).isEqualTo('s');
    assertThat(in.skip("sss")).as("beyond the end").isFalse();
  }

  @Test
  void tellsNumbersFromOtherWords() {
    assertThat(scanner("-1.5e3 a", false).atNumber()).isTrue();
    assertThat(scanner("1.png", false).atNumber()).isFalse();
    assertThat(scanner("-e.", false).atNumber()).isFalse();
  }

  @Test
  void joinsLinesInACopyAndStillCountsThem() throws CorruptInputException {
    byte[] bytes = "a \\\nb\\\r\nc \\d\n# e\\\nf\\\rg\\".getBytes(StandardCharsets.UTF_8);
    byte[] before = bytes.clone();
    TextScanner in = new TextScanner(SOURCE, TextScanner.joinLines(bytes), 0, true);
    assertThat(bytes).isEqualTo(before);
    assertThat(in.word()).isEqualTo("a");
    assertThat(in.moreOnLine()).isTrue();
    assertThat(in.word()).isEqualTo("b");
    assertThat(in.moreOnLine()).isTrue();
    assertThat(in.restOfLine()).isEqualTo("c \\d");
    assertThat(in.line()).isEqualTo(3);
    assertThat(in.word()).isEqualTo("f");
    assertThat(in.moreOnLine()).isTrue();
    assertThat(in.word()).isEqualTo("g\\");
    byte[] plain = {'a', '\n'};
    assertThat(TextScanner.joinLines(plain)).isSameAs(plain);
  }
}
