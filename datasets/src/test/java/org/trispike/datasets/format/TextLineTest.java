package org.trispike.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TextLineTest {
  private static final Refusal LIST = Refusal.of("a/train.txt", IdList::read);

  private static TextLine line(String text) throws CorruptInputException {
    return TextLine.read(Refusal.file("a.txt", text)).get(0);
  }

  @Test
  void linesKeepTheirNumbersWhateverEndsThem() throws CorruptInputException {
    List<TextLine> lines = TextLine.read(Refusal.file("a.txt", "\uFEFFone\r\n\r\n two \rthree"));
    assertThat(lines).extracting(TextLine::number).containsExactly(1, 3, 4);
    assertThat(lines).extracting(TextLine::text).containsExactly("one", " two ", "three");
  }

  @Test
  void wordsAndCells() throws CorruptInputException {
    assertThat(line(" a \t b ").words()).containsExactly("a", "b");
    assertThat(line("a, b ,,").cells(',')).containsExactly("a", "b", "", "");
  }

  @Test
  void numbers() throws CorruptInputException {
    TextLine line = line("x");
    assertThat(line.decimal("-1.5e+02")).isEqualTo(-150);
    assertThat(line.decimal(".5")).isEqualTo(0.5);
    assertThat(line.whole("-7", -7, 7)).isEqualTo(-7);
    for (String word : List.of("", "NaN", "0x10", "1f", "Infinity", "1,5", "--1")) {
      assertThatThrownBy(() -> line.decimal(word))
          .hasMessage("Line 1: '" + word + "' is no number");
    }
    assertThatThrownBy(() -> line.decimal("1e999")).hasMessage("Line 1: '1e999' is not finite");
    assertThatThrownBy(() -> line.whole("8", -7, 7)).hasMessage("Line 1: 8 is outside -7..7");
    assertThatThrownBy(() -> line.whole("1.0", 0, 1)).hasMessageContaining("no whole number");
  }

  @Test
  void aListOfIds() throws CorruptInputException {
    assertThat(IdList.read(Refusal.file("t.txt", "000001", "2008_000002", "")))
        .containsExactly("000001", "2008_000002");
    LIST.expect(Reason.EMPTY, "It names nothing", "", "");
    LIST.expect(Reason.BAD_ROW, "Line 2: '7' stands there twice", "7", "7");
    LIST.expect(Reason.BAD_ROW, "Line 1: 2 words where one name should stand", "7 -1");
    LIST.expect(Reason.BAD_ROW, "It is no UTF-8 text", new byte[] {(byte) 0xC3, '\n'});
    LIST.expect(Reason.TOO_LARGE, "It has 1000001 lines", "\n".repeat(1_000_001));
  }
}
