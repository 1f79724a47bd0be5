package org.trispike.vq.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.trispike.kernels.io.MalformedFileException;
import org.trispike.kernels.io.MalformedFileException.Reason;

class TokenizerTest {
  private static final String[] PIECES = {" ", "a", "b", "c", "ab", "bc", " a", "abc", "é"};
  private static final float[] SCORES = {-9, -9, -9, -9, -2, -1, -3, -4, -9};
  private static final int FIRST = 259;

  /** 259 tokens whose pieces do not matter, and then {@link #PIECES}. */
  private static byte[] file() {
    ByteBuffer file = ByteBuffer.allocate(10_000).order(ByteOrder.LITTLE_ENDIAN).putInt(7);
    for (int token = 0; token < FIRST; token++) {
      put(file, 0, "<" + token + ">");
    }
    for (int i = 0; i < PIECES.length; i++) {
      put(file, SCORES[i], PIECES[i]);
    }
    return Arrays.copyOf(file.array(), file.position());
  }

  private static void put(ByteBuffer file, float score, String piece) {
    byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
    file.putFloat(score).putInt(bytes.length).put(bytes);
  }

  private static Tokenizer tokenizer() throws IOException {
    return Tokenizer.parse(file(), FIRST + PIECES.length, "tok.bin");
  }

  @Test
  void theBestNeighboursAreMergedFirst() throws IOException {
    // " abc": bc is best, then " a"; abc, which would need ab or a before bc, comes too late.
    assertThat(tokenizer().encode("abc")).containsExactly(1, FIRST + 6, FIRST + 5);
    // "cabc" after its space: bc, then a + bc.
    assertThat(tokenizer().encode("cabc")).containsExactly(1, FIRST, FIRST + 3, FIRST + 7);
    assertThat(tokenizer().encode("")).containsExactly(1);
  }

  @Test
  void charactersWithoutTokenBecomeBytes() throws IOException {
    assertThat(tokenizer().encode("éß\n"))
        .containsExactly(1, FIRST, FIRST + 8, 3 + 0xc3, 3 + 0x9f, 3 + 10);
    assertThat(tokenizer().decode(FIRST + 8, 3 + 0xc3, 3 + 0x9f, 3 + 10)).isEqualTo("éß\n");
  }

  @Test
  void textsComeBack() throws IOException {
    for (String text : new String[] {"abcab ba", "cé\u2014x", "\ud83d\ude00 a"}) {
      assertThat(tokenizer().decode(tokenizer().encode(text))).isEqualTo(text);
    }
  }

  @Test
  void filesThatLieAreRefused() throws IOException {
    byte[] file = file();
    int vocabulary = FIRST + PIECES.length;
    assertRefused(file, vocabulary + 1, Reason.TRUNCATED, "ends inside its tokens");
    assertRefused(file, Integer.MAX_VALUE, Reason.TRUNCATED, "too few for a vocabulary of");
    assertRefused(file, 12, Reason.TRUNCATED, "too few for a vocabulary of 12");
    assertRefused(file, vocabulary - 1, Reason.HOLE, "10 bytes belong to no token");
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(8, Integer.MAX_VALUE);
    assertRefused(file, vocabulary, Reason.TRUNCATED, "ends inside its tokens");
    bytes.putInt(8, -1);
    assertRefused(file, vocabulary, Reason.BAD_FIELD, "token 0 has score 0.0 and length -1");
    bytes.putInt(8, 3).putFloat(4, Float.NaN);
    assertRefused(file, vocabulary, Reason.BAD_FIELD, "token 0 has score NaN and length 3");
  }

  private static void assertRefused(byte[] file, int vocabulary, Reason reason, String message) {
    assertThatThrownBy(() -> Tokenizer.parse(file, vocabulary, "tok.bin"))
        .asInstanceOf(InstanceOfAssertFactories.type(MalformedFileException.class))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
        .satisfies(e -> assertThat(e).hasMessageStartingWith("tok.bin: "))
        .satisfies(e -> assertThat(e).hasMessageContaining(message));
  }

  /** Tokens of a second implementation of the rules, in Python, on the same file. */
  @Test
  void tokensOfStories260kAreThoseOfAnotherEncoder() throws IOException {
    Stories stories = Stories.read();
    String text = "Zoë's cat said: “naïve” — 42% of fish\tsing!\n";
    int[] tokens = stories.tokenizer().encode(text);
    assertThat(tokens)
        .containsExactly(
            1, 410, 469, 414, 198, 174, 439, 419, 280, 294, 336, 467, 410, 465, 416, 412, 198, 178,
            360, 466, 410, 481, 410, 484, 479, 501, 373, 272, 293, 415, 12, 419, 299, 443, 13);
    assertThat(stories.tokenizer().decode(tokens)).isEqualTo(text);
    // The text that the model wrote greedily is cut as the model wrote it.
    assertThat(stories.tokenizer().encode(stories.text().strip()))
        .containsExactly(stories.reference());
  }
}
