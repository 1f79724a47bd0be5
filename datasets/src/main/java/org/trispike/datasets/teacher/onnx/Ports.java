package org.trispike.datasets.teacher.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.trispike.datasets.UserError;

/**
 * The inputs and outputs of a model. Each is found by the name that exporters give it, or else by
 * being the only one of its shape; what is left over is refused, since nobody could feed it.
 */
final class Ports {
  private final String model;
  private final Map<String, NodeInfo> inputs;
  private final Map<String, NodeInfo> outputs;

  private Ports(String model, Map<String, NodeInfo> inputs, Map<String, NodeInfo> outputs) {
    this.model = model;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  static Ports of(String model, OrtSession session) throws OrtException {
    return new Ports(model, session.getInputInfo(), session.getOutputInfo());
  }

  /** The input of pictures, [pictures, 3, height, width] as float32, and no other. */
  String pixels() {
    String pixels = one(inputs, "pixel_values", info -> is(info, 4, OnnxJavaType.FLOAT), "takes");
    requireOnly(List.of(pixels));
    return pixels;
  }

  /** The input of tokens, [texts, tokens] as integers; none but a mask may be beside it. */
  String tokens() {
    String mask = mask().orElse("");
    String tokens =
        one(inputs, "input_ids", info -> isWords(info) && !info.getName().equals(mask), "takes");
    requireOnly(mask.isEmpty() ? List.of(tokens) : List.of(tokens, mask));
    return tokens;
  }

  /** The input that says which tokens are padding. */
  Optional<String> mask() {
    return Optional.ofNullable(inputs.get("attention_mask"))
        .filter(Ports::isWords)
        .map(NodeInfo::getName);
  }

  /** The output of vectors, [rows, dimension] as float32. */
  String vectors(String name) {
    return one(outputs, name, info -> is(info, 2, OnnxJavaType.FLOAT), "gives");
  }

  OnnxJavaType type(String input) {
    return ((TensorInfo) inputs.get(input).getInfo()).type;
  }

  /**
   * Refuses an input of a size that is fixed and another.
   *
   * @param setting that decides the size
   */
  void requireSize(String input, int axis, long size, String setting) {
    long fixed = ((TensorInfo) inputs.get(input).getInfo()).getShape()[axis];
    if (fixed > 0 && fixed != size) {
      throw UserError.data(
          model
              + " takes "
              + describe(inputs)
              + ", where "
              + setting
              + " makes axis "
              + axis
              + " of "
              + input
              + " "
              + size
              + " long. Nothing was written");
    }
  }

  private String one(
      Map<String, NodeInfo> ports, String name, Predicate<NodeInfo> fits, String verb) {
    List<String> fitting =
        ports.values().stream().filter(fits).map(NodeInfo::getName).sorted().toList();
    if (fitting.contains(name)) {
      return name;
    }
    if (fitting.size() == 1) {
      return fitting.get(0);
    }
    throw UserError.data(
        model
            + " "
            + verb
            + " "
            + describe(ports)
            + ", none of which is "
            + name
            + " or the only one of its shape and type. Nothing was written");
  }

  private void requireOnly(List<String> known) {
    if (!known.containsAll(inputs.keySet())) {
      throw UserError.data(
          model
              + " takes "
              + describe(inputs)
              + ", of which only "
              + String.join(" and ", known)
              + " can be given. Nothing was written. Export each tower into a file of its own");
    }
  }

  private static boolean isWords(NodeInfo info) {
    return is(info, 2, OnnxJavaType.INT64) || is(info, 2, OnnxJavaType.INT32);
  }

  private static boolean is(NodeInfo info, int dimensions, OnnxJavaType type) {
    return info.getInfo() instanceof TensorInfo tensor
        && tensor.getShape().length == dimensions
        && tensor.type == type;
  }

  private static String describe(Map<String, NodeInfo> ports) {
    return ports.values().stream()
        .map(
            info ->
                info.getInfo() instanceof TensorInfo tensor
                    ? info.getName() + " " + tensor.type + Arrays.toString(tensor.getShape())
                    : info.getName() + " (no tensor)")
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
