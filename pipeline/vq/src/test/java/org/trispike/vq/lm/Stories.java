package org.trispike.vq.lm;

import java.io.IOException;
import java.nio.file.Files;
import org.trispike.kernels.io.Json;
import org.trispike.kernels.io.JsonFields;
import org.trispike.vq.RealData;

/**
 * stories260K (llama2.c's model of 260,000 parameters) and the text that it writes greedily; tests
 * that need it are skipped without it.
 *
 * @param ids of the text, without the token that begins it
 */
record Stories(LlamaWeights weights, Tokenizer tokenizer, int[] ids, String text) {
  static final String FOLDER = "llm/stories260K";

  static Stories read() throws IOException {
    LlamaWeights weights = Llama2cFile.read(RealData.file(FOLDER + "/stories260K.bin"));
    JsonFields reference =
        new JsonFields(
            "reference_greedy.json",
            "",
            Json.parseObject(Files.readString(RealData.file(FOLDER + "/reference_greedy.json"))));
    return new Stories(
        weights,
        Tokenizer.read(RealData.file(FOLDER + "/tok512.bin"), weights.config().vocabulary()),
        reference.list("ids").stream().mapToInt(id -> ((Long) id).intValue()).toArray(),
        reference.text("text"));
  }

  Llama model() {
    return Llama.of(weights);
  }

  /** The reference with the token that begins it. */
  int[] reference() {
    int[] all = new int[ids.length + 1];
    all[0] = Tokenizer.BEGIN;
    System.arraycopy(ids, 0, all, 1, ids.length);
    return all;
  }

  /** A text of at most {@code limit} tokens that the model draws at temperature 1. */
  int[] drawn(Llama model, long seed, int limit) {
    int[] prompt = {Tokenizer.BEGIN};
    int[] text =
        Texts.continued(Decoder.over(model), prompt, limit - 1, Sampler.temperature(1, seed));
    int[] all = new int[text.length + 1];
    all[0] = Tokenizer.BEGIN;
    System.arraycopy(text, 0, all, 1, text.length);
    return all;
  }
}
