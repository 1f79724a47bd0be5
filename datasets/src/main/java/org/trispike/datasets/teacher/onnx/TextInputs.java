package org.trispike.datasets.teacher.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.trispike.datasets.format.Source;

/**
 * Texts as [texts, context length] tokens, cut off or padded, and a mask if the model takes one.
 */
final class TextInputs implements Inputs<String> {
  private final TextTokenizer tokenizer;
  private final int contextLength;
  private final String tokens;
  private final Optional<String> mask;
  private final Ports ports;

  TextInputs(Ports ports, TextTokenizer tokenizer, int batchSize, int contextLength) {
    this.tokenizer = tokenizer;
    this.contextLength = contextLength;
    this.ports = ports;
    this.tokens = ports.tokens();
    this.mask = ports.mask();
    ports.requireSize(tokens, 0, batchSize, "teacher.clip.batch-size");
    ports.requireSize(tokens, 1, contextLength, "teacher.clip.context-length");
  }

  @Override
  public Map<String, OnnxTensor> of(List<String> batch) throws OrtException {
    long[] ids = new long[batch.size() * contextLength];
    long[] seen = new long[ids.length];
    Arrays.fill(ids, tokenizer.pad());
    for (int i = 0; i < batch.size(); i++) {
      long[] text = tokenizer.encode(batch.get(i)).getIds();
      System.arraycopy(text, 0, ids, i * contextLength, text.length);
      Arrays.fill(seen, i * contextLength, i * contextLength + text.length, 1);
    }
    Map<String, OnnxTensor> tensors = new HashMap<>();
    tensors.put(tokens, tensor(tokens, ids));
    if (mask.isPresent()) {
      tensors.put(mask.get(), tensor(mask.get(), seen));
    }
    return tensors;
  }

  private OnnxTensor tensor(String input, long[] values) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] shape = {values.length / contextLength, contextLength};
    return ports.type(input) == OnnxJavaType.INT32
        ? OnnxTensor.createTensor(
            environment,
            IntBuffer.wrap(LongStream.of(values).mapToInt(Math::toIntExact).toArray()),
            shape)
        : OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
  }

  @Override
  public String sample() {
    return "";
  }

  @Override
  public String name(String text) {
    return "the text '" + Source.brief(text) + "'";
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
