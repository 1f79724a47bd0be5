package org.trispike.datasets.teacher.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/** Writes ONNX models, with the field numbers of {@code onnx.proto}. Operator set 13. */
public final class OnnxModel {
  public static final int FLOAT = 1;
  public static final int INT32 = 6;
  public static final int INT64 = 7;

  private final Proto graph = new Proto().text(2, "graph");
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private String dataFile = "";

  /** Weights that follow go to a file beside the model. */
  OnnxModel keepWeightsIn(String file) {
    dataFile = file;
    return this;
  }

  /**
   * @param shape sizes as numbers, names where they may vary
   */
  public OnnxModel input(String name, int type, Object... shape) {
    graph.message(11, port(name, type, shape));
    return this;
  }

  public OnnxModel output(String name, int type, Object... shape) {
    graph.message(12, port(name, type, shape));
    return this;
  }

  public OnnxModel weights(String name, float[] values, int... shape) {
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    Proto tensor = tensor(name, FLOAT, shape);
    if (dataFile.isEmpty()) {
      tensor.bytes(9, raw.array());
    } else {
      tensor.message(13, entry("location", dataFile));
      tensor.message(13, entry("offset", Integer.toString(data.size())));
      tensor.message(13, entry("length", Integer.toString(raw.capacity())));
      tensor.number(14, 1);
      data.writeBytes(raw.array());
    }
    graph.message(5, tensor);
    return this;
  }

  OnnxModel axes(String name, long axis) {
    byte[] raw = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(axis).array();
    graph.message(5, tensor(name, INT64, 1).bytes(9, raw));
    return this;
  }

  OnnxModel node(String type, List<String> inputs, String output) {
    return node(type, inputs, output, Map.of());
  }

  /**
   * @param attributes a Long or a {@code List<Long>} each
   */
  OnnxModel node(String type, List<String> inputs, String output, Map<String, ?> attributes) {
    Proto node = new Proto();
    inputs.forEach(input -> node.text(1, input));
    node.text(2, output).text(4, type);
    attributes.forEach((name, value) -> node.message(5, attribute(name, value)));
    graph.message(1, node);
    return this;
  }

  byte[] toBytes() {
    Proto operators = new Proto().text(1, "").number(2, 13);
    return new Proto().number(1, 7).message(7, graph).message(8, operators).toBytes();
  }

  byte[] data() {
    return data.toByteArray();
  }

  private static Proto tensor(String name, int type, int... shape) {
    Proto tensor = new Proto();
    for (int size : shape) {
      tensor.number(1, size);
    }
    return tensor.number(2, type).text(8, name);
  }

  private static Proto entry(String key, String value) {
    return new Proto().text(1, key).text(2, value);
  }

  private static Proto attribute(String name, Object value) {
    Proto attribute = new Proto().text(1, name);
    if (value instanceof List<?> list) {
      list.forEach(item -> attribute.number(8, (Long) item));
      return attribute.number(20, 7);
    }
    return attribute.number(3, (Long) value).number(20, 2);
  }

  private static Proto port(String name, int type, Object... shape) {
    Proto sizes = new Proto();
    for (Object size : shape) {
      sizes.message(
          1,
          size instanceof Integer fixed
              ? new Proto().number(1, fixed)
              : new Proto().text(2, (String) size));
    }
    Proto tensor = new Proto().number(1, type).message(2, sizes);
    return new Proto().text(1, name).message(2, new Proto().message(1, tensor));
  }
}
