package org.trispike.datasets.teacher.onnx;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;

/** A tokenizer in the format {@code tokenizer.json} of Hugging Face. Safe for concurrent use. */
public final class TextTokenizer implements AutoCloseable {
  private final HuggingFaceTokenizer tokenizer;
  private final long pad;

  private TextTokenizer(HuggingFaceTokenizer tokenizer, long pad) {
    this.tokenizer = tokenizer;
    this.pad = pad;
  }

  /**
   * @param maxTokens of a text, those at its ends included; what is beyond is cut off
   * @throws IOException if the bytes are no tokenizer
   */
  public static TextTokenizer of(byte[] json, int maxTokens) throws IOException {
    // The tokenizer's library reports its use to its makers unless it is told not to.
    System.setProperty("ai.djl.offline", "true");
    // Unless told, it looks for a GPU, finds a stub of CUDA, and warns.
    System.setProperty("RUST_FLAVOR", "cpu");
    long pad = new ObjectMapper().readTree(json).path("padding").path("pad_id").asLong(0);
    Map<String, String> options =
        Map.of("truncation", "true", "maxLength", Integer.toString(maxTokens), "padding", "false");
    try {
      return new TextTokenizer(
          HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), options), pad);
    } catch (RuntimeException e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    }
  }

  /** A text without padding, with the tokens that begin and end it. */
  public Encoding encode(String text) {
    return tokenizer.encode(text, true, false);
  }

  /** The token that fills what a text leaves free: the file's own, else 0 as in OpenAI's CLIP. */
  long pad() {
    return pad;
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
