package org.trispike.datasets.teacher.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.Dimension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.Resampling;

/**
 * Reads the {@code preprocessor_config.json} of an image tower as Hugging Face writes it, with the
 * defaults of CLIP's own. Whatever this program does not do is refused by its name.
 */
final class PreprocessorFile {
  private static final int LARGEST = 4096;
  private static final Set<String> STEPS =
      Set.of("do_resize", "do_center_crop", "do_rescale", "do_normalize", "do_convert_rgb");

  private final String name;
  private final JsonNode root;

  private PreprocessorFile(String name, JsonNode root) {
    this.name = name;
    this.root = root;
  }

  /**
   * @param name of the file, for messages
   */
  static ImagePreprocessing read(String name, byte[] json) {
    try {
      return new PreprocessorFile(name, new ObjectMapper().readTree(json)).preprocessing();
    } catch (IOException e) {
      throw new UserError(UserError.Kind.DATA, name + " is no JSON: " + e.getMessage(), e);
    }
  }

  private ImagePreprocessing preprocessing() {
    root.fieldNames()
        .forEachRemaining(
            field ->
                check(
                    !field.startsWith("do_") || STEPS.contains(field) || !does(field),
                    field + " is nothing that this program does"));
    check(does("do_resize"), "do_resize is false, but a tower needs pictures of one size");
    JsonNode size = root.path("size");
    boolean crop = does("do_center_crop");
    boolean proportional = size.isObject() ? size.has("shortest_edge") : crop;
    check(
        crop || !proportional,
        "do_center_crop is false, but a tower needs pictures of one size, not of one shortest_edge");
    JsonNode edge = size.isObject() ? size.path("shortest_edge") : size;
    int shortestEdge = proportional ? side(edge, "size.shortest_edge") : 0;
    Dimension resized =
        proportional ? new Dimension(shortestEdge, shortestEdge) : dimension("size");
    Dimension kept = crop ? dimension("crop_size") : resized;
    check(
        kept.width <= resized.width && kept.height <= resized.height,
        "crop_size is above size, so that nothing would fill its borders");
    boolean normalize = does("do_normalize");
    List<Double> deviations = normalize ? channels("image_std") : List.of(1.0, 1.0, 1.0);
    check(deviations.stream().allMatch(d -> d > 0), "image_std is not positive");
    return new ImagePreprocessing(
        shortestEdge,
        resized,
        filter(),
        kept,
        does("do_rescale") ? root.path("rescale_factor").asDouble(1.0 / 255) : 1,
        normalize ? channels("image_mean") : List.of(0.0, 0.0, 0.0),
        deviations);
  }

  /** Steps are taken unless they are switched off. */
  private boolean does(String step) {
    return root.path(step).asBoolean(STEPS.contains(step));
  }

  private Dimension dimension(String field) {
    JsonNode size = root.path(field);
    return size.isObject()
        ? new Dimension(
            side(size.path("width"), field + ".width"),
            side(size.path("height"), field + ".height"))
        : new Dimension(side(size, field), side(size, field));
  }

  private int side(JsonNode node, String field) {
    check(
        node.isInt() && node.intValue() >= 1 && node.intValue() <= LARGEST,
        field + " is no number of pixels in 1.." + LARGEST);
    return node.intValue();
  }

  /** The numbers are those of Pillow. */
  private Resampling filter() {
    int number = root.path("resample").asInt(3);
    check(number == 2 || number == 3, "resample is 2 (bilinear) or 3 (bicubic), not " + number);
    return number == 2 ? Resampling.BILINEAR : Resampling.BICUBIC;
  }

  private List<Double> channels(String field) {
    List<Double> values = new ArrayList<>();
    root.path(field).forEach(value -> values.add(value.asDouble(Double.NaN)));
    check(
        values.size() == 3 && values.stream().allMatch(Double::isFinite),
        field + " is no list of three numbers");
    return values;
  }

  private void check(boolean ok, String message) {
    if (!ok) {
      throw UserError.data(name + " cannot be used: " + message + ". Nothing was written");
    }
  }
}
