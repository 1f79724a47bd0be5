package org.trispike.vq.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trispike.vq.RealData;

class LlamaTest {

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void logitsAreNumPys(boolean vector) throws IOException {
    Llama model = Llama.of(TinyLlama.fixture(), vector ? Lanes.fastest() : new ScalarLanes());
    Decoder decoder = Decoder.over(model);
    assertClose(decoder.next(TinyLlama.TEXT[0]), TinyLlama.FIRST);
    float[] logits = null;
    for (int i = 1; i < TinyLlama.TEXT.length; i++) {
      logits = decoder.next(TinyLlama.TEXT[i]);
    }
    assertClose(logits, TinyLlama.LAST);
  }

  private static void assertClose(float[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i]).isCloseTo(expected[i], within(1e-5));
    }
  }

  @Test
  void perplexityIsNumPys() throws IOException {
    double perplexity =
        Texts.perplexity(Decoder.over(Llama.of(TinyLlama.fixture())), TinyLlama.TEXT);
    assertThat(perplexity).isCloseTo(TinyLlama.PERPLEXITY, within(1e-5));
  }

  @Test
  void greedyTextOfStories260kIsTheReference() throws IOException {
    Stories stories = Stories.read();
    int[] prompt = {Tokenizer.BEGIN};
    int[] text =
        Texts.continued(
            Decoder.over(stories.model()), prompt, stories.ids().length, Sampler.greedy());
    assertThat(text).containsExactly(stories.ids());
    assertThat(stories.tokenizer().decode(text)).isEqualTo(stories.text());
  }

  /** Longer than the file beside it: what llama2.c itself prints, until it ends its text. */
  @Test
  void greedyTextOfStories260kGoesOnAsPublished() throws IOException {
    Stories stories = Stories.read();
    int[] text =
        Texts.continued(
            Decoder.over(stories.model()), new int[] {Tokenizer.BEGIN}, 255, Sampler.greedy());
    String published = Files.readString(RealData.file(Stories.FOLDER + "/stories260K.md"));
    assertThat(published).contains(stories.tokenizer().decode(text).strip());
  }

  @Test
  void contextAndVocabularyAreBounds() throws IOException {
    Decoder decoder = Decoder.over(Llama.of(TinyLlama.fixture()));
    assertThatThrownBy(() -> decoder.next(11)).hasMessage("Token 11 is outside 0..10");
    for (int i = 0; i < 8; i++) {
      decoder.next(i);
    }
    assertThat(decoder.isFull()).isTrue();
    assertThatThrownBy(() -> decoder.next(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The context of 8 tokens is full");
  }

  @Test
  void textStopsWhereTheContextIsFull() throws IOException {
    Decoder decoder = Decoder.over(Llama.of(TinyLlama.fixture()));
    int[] text = Texts.continued(decoder, new int[] {1, 4}, 20, logits -> 3);
    assertThat(text).containsExactly(3, 3, 3, 3, 3, 3, 3);
  }

  @Test
  void textStopsWhereTheModelEndsIt() throws IOException {
    Decoder decoder = Decoder.over(Llama.of(TinyLlama.fixture()));
    Sampler ends = logits -> decoder.position() == 3 ? Tokenizer.END : 5;
    assertThat(Texts.continued(decoder, new int[] {1}, 20, ends)).containsExactly(5, 5);
  }
}
