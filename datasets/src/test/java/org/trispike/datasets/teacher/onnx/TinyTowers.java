package org.trispike.datasets.teacher.onnx;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.trispike.kernels.KeyedRandom;

/**
 * Two small towers as files, and the same towers as plain loops. Pictures of 16×16 are cut into
 * patches of 8×8, which a convolution sees; texts are words, which are looked up. Both are averaged
 * and mapped to six numbers.
 */
public final class TinyTowers {
  public static final int DIMENSION = 6;
  static final int CONTEXT = 7;
  static final int SIDE = 16;
  private static final int PATCH = 8;
  private static final int WIDTH = 5;
  private static final List<String> WORDS =
      List.of(
          "[unk]", "[begin]", "[end]", "a", "the", "flat", "long", "box", "cube", "die", "text");
  private static final double[] MEANS = {0.48145466, 0.4578275, 0.40821073};
  private static final double[] DEVIATIONS = {0.26862954, 0.26130258, 0.27577711};

  private static final float[] PATCHES = weights(1, WIDTH * 3 * PATCH * PATCH);
  private static final float[] PATCH_BIAS = weights(2, WIDTH);
  private static final float[] EMBEDDING = weights(3, WORDS.size() * WIDTH);
  private static final float[] IMAGE_MAP = weights(4, WIDTH * DIMENSION);
  private static final float[] IMAGE_BIAS = weights(5, DIMENSION);
  private static final float[] TEXT_BIAS = weights(7, DIMENSION);

  private final Path folder;

  /** Writes the four files into a folder. */
  public TinyTowers(Path folder) throws IOException {
    this.folder = folder;
    Files.write(file("image.onnx"), imageModel().toBytes());
    Files.write(file("text.onnx"), textModel(DIMENSION).toBytes());
    Files.writeString(file("tokenizer.json"), tokenizer("null"));
    Files.writeString(file("preprocessor_config.json"), preprocessor());
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** The settings, of a batch of one. */
  public String settings() {
    return """
        teacher {
          kind = clip-onnx, precision = float32
          clip { image-model = "%s", text-model = "%s", tokenizer = "%s", preprocessor = "%s" }
          clip.context-length = %d
        }
        """
        .formatted(
            file("image.onnx"),
            file("text.onnx"),
            file("tokenizer.json"),
            file("preprocessor_config.json"),
            CONTEXT);
  }

  ClipConfig config(int batchSize) {
    return new ClipConfig(
        file("image.onnx").toString(),
        file("text.onnx").toString(),
        file("tokenizer.json").toString(),
        file("preprocessor_config.json").toString(),
        CONTEXT,
        batchSize,
        1,
        Execution.CPU);
  }

  static OnnxModel imageModel() {
    return new OnnxModel()
        .input("pixel_values", OnnxModel.FLOAT, "pictures", 3, SIDE, SIDE)
        .weights("patches", PATCHES, WIDTH, 3, PATCH, PATCH)
        .weights("patch_bias", PATCH_BIAS, WIDTH)
        .weights("map", IMAGE_MAP, WIDTH, DIMENSION)
        .weights("bias", IMAGE_BIAS, DIMENSION)
        .node(
            "Conv",
            List.of("pixel_values", "patches", "patch_bias"),
            "seen",
            Map.of("strides", List.of((long) PATCH, (long) PATCH)))
        .node("GlobalAveragePool", List.of("seen"), "mean")
        .node("Flatten", List.of("mean"), "flat")
        .node("Gemm", List.of("flat", "map", "bias"), "image_embeds")
        .output("image_embeds", OnnxModel.FLOAT, "pictures", DIMENSION);
  }

  static OnnxModel textModel(int dimension) {
    return textModel(dimension, "");
  }

  /**
   * @param data the file of the weights, or "" to keep them in the model
   */
  static OnnxModel textModel(int dimension, String data) {
    OnnxModel model =
        new OnnxModel()
            .keepWeightsIn(data)
            .input("input_ids", OnnxModel.INT64, "texts", "tokens")
            .input("attention_mask", OnnxModel.INT64, "texts", "tokens")
            .axes("last", 2)
            .axes("tokens_axis", 1)
            .node("Cast", List.of("attention_mask"), "seen", Map.of("to", 1L))
            .node("Unsqueeze", List.of("seen", "last"), "column")
            .node("Gather", List.of("embedding", "input_ids"), "words")
            .node("Mul", List.of("words", "column"), "kept")
            .node("ReduceSum", List.of("kept", "tokens_axis"), "sum", Map.of("keepdims", 0L))
            .node("ReduceSum", List.of("seen", "tokens_axis"), "count", Map.of("keepdims", 1L))
            .node("Div", List.of("sum", "count"), "mean");
    return mapped(model, dimension);
  }

  /** One as older exporters write it: integers of 32 bits, no mask, padding averaged with words. */
  static OnnxModel maskless() {
    OnnxModel model =
        new OnnxModel()
            .input("text", OnnxModel.INT32, "texts", CONTEXT)
            .node("Gather", List.of("embedding", "text"), "words")
            .node(
                "ReduceMean",
                List.of("words"),
                "mean",
                Map.of("axes", List.of(1L), "keepdims", 0L));
    return mapped(model, DIMENSION);
  }

  private static OnnxModel mapped(OnnxModel model, int dimension) {
    return model
        .weights("embedding", EMBEDDING, WORDS.size(), WIDTH)
        .weights("map", textMap(dimension), WIDTH, dimension)
        .weights("bias", dimension == DIMENSION ? TEXT_BIAS : weights(7, dimension), dimension)
        .node("Gemm", List.of("mean", "map", "bias"), "text_embeds")
        .output("text_embeds", OnnxModel.FLOAT, "texts", dimension);
  }

  private static float[] textMap(int dimension) {
    return weights(6, WIDTH * dimension);
  }

  static String tokenizer(String padding) {
    StringBuilder vocabulary = new StringBuilder();
    for (int i = 0; i < WORDS.size(); i++) {
      vocabulary
          .append(i == 0 ? "" : ", ")
          .append('"')
          .append(WORDS.get(i))
          .append("\": ")
          .append(i);
    }
    return """
        {"version": "1.0", "truncation": null, "padding": %s, "added_tokens": [],
         "normalizer": {"type": "Lowercase"}, "pre_tokenizer": {"type": "WhitespaceSplit"},
         "post_processor": {"type": "TemplateProcessing",
           "single": [{"SpecialToken": {"id": "[begin]", "type_id": 0}},
                      {"Sequence": {"id": "A", "type_id": 0}},
                      {"SpecialToken": {"id": "[end]", "type_id": 0}}],
           "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
           "special_tokens": {
             "[begin]": {"id": "[begin]", "ids": [1], "tokens": ["[begin]"]},
             "[end]": {"id": "[end]", "ids": [2], "tokens": ["[end]"]}}},
         "decoder": null,
         "model": {"type": "WordLevel", "unk_token": "[unk]", "vocab": {%s}}}
        """
        .formatted(padding, vocabulary);
  }

  static String preprocessor() {
    return """
        {"crop_size": {"height": 16, "width": 16}, "do_center_crop": true, "do_convert_rgb": true,
         "do_normalize": true, "do_rescale": true, "do_resize": true,
         "image_mean": [0.48145466, 0.4578275, 0.40821073],
         "image_processor_type": "CLIPImageProcessor",
         "image_std": [0.26862954, 0.26130258, 0.27577711],
         "resample": 3, "rescale_factor": 0.00392156862745098, "size": {"shortest_edge": 16}}
        """;
  }

  /** The tokens of a text of words, without padding. */
  static long[] tokens(String text) {
    List<String> words =
        text.isBlank() ? List.of() : List.of(text.toLowerCase(Locale.ROOT).strip().split("\\s+"));
    int kept = Math.min(words.size(), CONTEXT - 2);
    long[] tokens = new long[kept + 2];
    tokens[0] = 1;
    for (int i = 0; i < kept; i++) {
      tokens[i + 1] = Math.max(0, WORDS.indexOf(words.get(i)));
    }
    tokens[kept + 1] = 2;
    return tokens;
  }

  /** The unit vector of a text, in plain loops. */
  public static double[] text(String text) {
    return text(tokens(text));
  }

  static double[] text(long... tokens) {
    double[] mean = new double[WIDTH];
    for (long token : tokens) {
      for (int c = 0; c < WIDTH; c++) {
        mean[c] += EMBEDDING[(int) token * WIDTH + c] / (double) tokens.length;
      }
    }
    return unit(mean, textMap(DIMENSION), TEXT_BIAS);
  }

  /** The unit vector of a picture of 16×16 in a PNG file, in plain loops. */
  public static double[] picture(byte[] png) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    int patches = SIDE / PATCH;
    double[] mean = new double[WIDTH];
    for (int c = 0; c < WIDTH; c++) {
      double sum = 0;
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          for (int channel = 0; channel < 3; channel++) {
            int value = image.getRGB(x, y) >> (16 - 8 * channel) & 255;
            double input = (value / 255.0 - MEANS[channel]) / DEVIATIONS[channel];
            int at = ((c * 3 + channel) * PATCH + y % PATCH) * PATCH + x % PATCH;
            sum += input * PATCHES[at];
          }
        }
      }
      mean[c] = sum / (patches * patches) + PATCH_BIAS[c];
    }
    return unit(mean, IMAGE_MAP, IMAGE_BIAS);
  }

  private static double[] unit(double[] from, float[] map, float[] bias) {
    double[] out = new double[DIMENSION];
    double square = 0;
    for (int j = 0; j < DIMENSION; j++) {
      out[j] = bias[j];
      for (int i = 0; i < WIDTH; i++) {
        out[j] += from[i] * map[i * DIMENSION + j];
      }
      square += out[j] * out[j];
    }
    for (int j = 0; j < DIMENSION; j++) {
      out[j] /= Math.sqrt(square);
    }
    return out;
  }

  static float[] weights(long key, int size) {
    KeyedRandom random = KeyedRandom.of(key, 4711);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
