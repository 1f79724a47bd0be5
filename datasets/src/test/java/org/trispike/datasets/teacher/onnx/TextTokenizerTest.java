package org.trispike.datasets.teacher.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.format.SharedData;

final class TextTokenizerTest {
  private static byte[] tiny(String padding) {
    return TinyTowers.tokenizer(padding).getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void wordsAreLookedUpBetweenBothEndsAndCutOff() throws IOException {
    try (TextTokenizer tokenizer = TextTokenizer.of(tiny("null"), 5)) {
      assertThat(tokenizer.encode("A flat\tBOX").getIds()).containsExactly(1, 3, 5, 7, 2);
      assertThat(tokenizer.encode("the long long long box").getIds())
          .containsExactly(1, 4, 6, 6, 2);
      assertThat(tokenizer.encode("pyramid").getIds()).containsExactly(1, 0, 2);
      assertThat(tokenizer.encode("").getIds()).containsExactly(1, 2);
      assertThat(tokenizer.pad()).isZero();
    }
  }

  @Test
  void theFilesOwnPaddingNamesItsTokenAndNothingElse() throws IOException {
    String own =
        "{\"strategy\": {\"Fixed\": 9}, \"direction\": \"Right\", \"pad_to_multiple_of\": null,"
            + " \"pad_id\": 2, \"pad_type_id\": 0, \"pad_token\": \"[end]\"}";
    try (TextTokenizer tokenizer = TextTokenizer.of(tiny(own), 5)) {
      assertThat(tokenizer.pad()).isEqualTo(2);
      assertThat(tokenizer.encode("a box").getIds()).containsExactly(1, 3, 7, 2);
    }
  }

  @Test
  void whatIsNoTokenizerIsRefused() {
    assertThatThrownBy(() -> TextTokenizer.of("{}".getBytes(StandardCharsets.UTF_8), 5))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> TextTokenizer.of(new byte[] {'<'}, 5)).isInstanceOf(IOException.class);
  }

  /** The published tokenizer of CLIP against its published merges, which know nothing of it. */
  @Test
  void clipsTokensAreThoseOfItsMerges() throws IOException {
    Path clip = SharedData.folder("clip");
    NaiveBpe naive = new NaiveBpe(clip.resolve("bpe_simple_vocab_16e6.txt.gz"));
    List<String> texts =
        new ArrayList<>(List.of("", "  A  POINT\tcloud ", "it's 10,000 don't we'll"));
    texts.add("naïve café – Überschallflug 3½ kg, 東京タワー, чайник & co. <b>");
    texts.add("a very long text ".repeat(40));
    Matcher quoted =
        Pattern.compile("'([^'\n]+)'").matcher(Files.readString(clip.resolve("prompts.md")));
    while (quoted.find()) {
      texts.add(quoted.group(1));
    }
    assertThat(texts).hasSizeGreaterThan(2000);
    byte[] json = Files.readAllBytes(clip.resolve("hf_tokenizer.json"));
    try (TextTokenizer tokenizer = TextTokenizer.of(json, 77)) {
      // Published by its users for this sentence.
      assertThat(tokenizer.encode("a point cloud model of a chair.").getIds())
          .containsExactly(49406, 320, 2301, 3887, 2863, 539, 320, 4269, 269, 49407);
      for (String text : texts) {
        assertThat(Arrays.stream(tokenizer.encode(text).getIds()).boxed().toList())
            .as(text)
            .isEqualTo(naive.encode(text, 77));
      }
    }
  }
}
