package org.trispike.vq.lm;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.trispike.vq.Hostile;

/** The files of a language model, of any bytes. Replays its corpus unless it is told to fuzz. */
final class LanguageModelFuzzTest {
  private static final int VOCABULARY = 268;

  @FuzzTest
  void weights(byte[] bytes) throws IOException {
    Hostile.read(() -> Llama2cFile.read(new ByteArrayInputStream(bytes), bytes.length, "a"));
  }

  @FuzzTest
  void tokenizer(byte[] bytes) throws IOException {
    Hostile.read(() -> Tokenizer.parse(bytes, VOCABULARY, "a").encode("abc é"));
  }
}
