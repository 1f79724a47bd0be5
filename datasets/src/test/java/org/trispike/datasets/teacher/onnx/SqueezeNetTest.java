package org.trispike.datasets.teacher.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.NpyArray;
import org.trispike.datasets.format.SharedData;

/**
 * A published network as the image tower, on photographs, against a run of it in NumPy. Its sibling
 * on generated data is {@link ClipTeacherTest}.
 */
final class SqueezeNetTest {
  private static final int CLASSES = 1000;
  private static final Map<String, ?> POOL =
      Map.of("kernel_shape", List.of(3L, 3L), "strides", List.of(2L, 2L), "ceil_mode", 1L);

  /** Scores of 0..255 pixels, less a mean of each channel. */
  private static final String PREPROCESSOR =
      """
      {"size": {"shortest_edge": 227}, "crop_size": {"height": 227, "width": 227}, "resample": 2,
       "do_rescale": false, "image_mean": [123, 117, 104], "image_std": [1, 1, 1]}
      """;

  @TempDir private Path folder;

  @Test
  void photographsScoreAsInAnotherRuntime() throws IOException, CorruptInputException {
    Path shared = SharedData.folder("models/squeezenet");
    TinyTowers towers = new TinyTowers(folder);
    Files.write(
        towers.file("image.onnx"), model(shared.resolve("squeezenet_v1_0_decoded.npz")).toBytes());
    Files.write(towers.file("text.onnx"), TinyTowers.textModel(CLASSES).toBytes());
    Files.writeString(towers.file("preprocessor_config.json"), PREPROCESSOR);
    JsonNode outputs =
        new ObjectMapper()
            .readTree(shared.resolve("reference_outputs.json").toFile())
            .required("outputs");
    assertThat(outputs).isNotEmpty();
    try (ClipTeacher teacher = ClipTeacher.of(new Configuration(), towers.config(2))) {
      for (JsonNode output : outputs) {
        Path picture = SharedData.folder("").resolve(output.required("image").asText());
        float[] scores = teacher.embedImages(List.of(Files.readAllBytes(picture)))[0];
        isNear(scores, output.required("top5"));
      }
    }
  }

  /**
   * The reference cuts a square out of the picture before it resizes it, and without a filter, so
   * that scores of fine patterns differ; five pictures of six are within 5 %.
   */
  private static void isNear(float[] scores, JsonNode top) {
    int best = top.get(0).get(0).intValue();
    for (float score : scores) {
      assertThat(score).isLessThanOrEqualTo(scores[best]);
    }
    double scale = top.get(0).get(1).doubleValue() / scores[best];
    for (JsonNode one : top) {
      assertThat(scores[one.get(0).intValue()] * scale)
          .isCloseTo(one.get(1).doubleValue(), withinPercentage(14));
    }
  }

  private static OnnxModel model(Path npz) throws IOException, CorruptInputException {
    Map<String, NpyArray> weights = weights(npz);
    OnnxModel model = new OnnxModel().input("data", OnnxModel.FLOAT, "n", 3, 227, 227);
    weights.forEach((name, array) -> model.weights(name, values(name, array), shape(array)));
    conv(model, "data", "conv1", Map.of("strides", List.of(2L, 2L)));
    model.node("MaxPool", List.of("conv1"), "pool1", POOL);
    fire(model, "pool1", 2);
    fire(model, "fire2", 3);
    fire(model, "fire3", 4);
    model.node("MaxPool", List.of("fire4"), "pool4", POOL);
    fire(model, "pool4", 5);
    fire(model, "fire5", 6);
    fire(model, "fire6", 7);
    fire(model, "fire7", 8);
    model.node("MaxPool", List.of("fire8"), "pool8", POOL);
    fire(model, "pool8", 9);
    conv(model, "fire9", "conv_final", Map.of("pads", List.of(1L, 1L, 1L, 1L)));
    return model
        .node("GlobalAveragePool", List.of("conv_final"), "means")
        .node("Flatten", List.of("means"), "scores")
        .output("scores", OnnxModel.FLOAT, "n", CLASSES);
  }

  private static void fire(OnnxModel model, String input, int number) {
    String fire = "fire" + number;
    conv(model, input, fire + ".conv1x1_1", Map.of());
    conv(model, fire + ".conv1x1_1", fire + ".conv1x1_2", Map.of());
    conv(model, fire + ".conv1x1_1", fire + ".conv3x3_2", Map.of("pads", List.of(1L, 1L, 1L, 1L)));
    model.node(
        "Concat", List.of(fire + ".conv1x1_2", fire + ".conv3x3_2"), fire, Map.of("axis", 1L));
  }

  private static void conv(OnnxModel model, String input, String name, Map<String, ?> attributes) {
    List<String> inputs = List.of(input, name + ".weight", name + ".bias");
    model.node("Conv", inputs, name + ".sum", attributes);
    model.node("Relu", List.of(name + ".sum"), name);
  }

  /** The network was trained on blue, green, red; its input here is red, green, blue. */
  private static float[] values(String name, NpyArray array) {
    float[] values = new float[array.numbers().count()];
    boolean first = name.equals("conv1.weight");
    for (int i = 0; i < values.length; i++) {
      int channel = i / 49 % 3;
      values[i] = array.get(first ? i + (1 - channel) * 2 * 49 : i);
    }
    return values;
  }

  private static int[] shape(NpyArray array) {
    int[] shape = new int[array.dimensions()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = array.extent(i);
    }
    return shape;
  }

  private static Map<String, NpyArray> weights(Path npz) throws IOException, CorruptInputException {
    Map<String, NpyArray> weights = new HashMap<>();
    try (InputStream in = Files.newInputStream(npz);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName().replace(".npy", "");
        weights.put(name, NpyArray.read(name, zip.readAllBytes()));
      }
    }
    return weights;
  }
}
