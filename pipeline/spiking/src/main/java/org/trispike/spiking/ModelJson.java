package org.trispike.spiking;

import static org.trispike.kernels.io.JsonFields.word;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.trispike.kernels.Neuron;
import org.trispike.kernels.VoxelSpec;
import org.trispike.kernels.io.JsonFields;
import org.trispike.kernels.io.MalformedFileException;
import org.trispike.kernels.io.MalformedFileException.Reason;

/**
 * The fields of {@code model.json}, version 1:
 *
 * <pre>{@code
 * {
 *   "format": "trispike-model",
 *   "format_version": 1,
 *   "network": {
 *     "name": "e3dsnn-t",
 *     "activation": "spiking" | "relu",
 *     "steps": 1,
 *     "neuron": {"levels": 4, "decay": 0.25, "rounding": "half-up" | "half-even" | "none",
 *                "window": "strict" | "inclusive", "normalised": false},
 *     "voxels": {"size": 0.02, "origin": "per-sample" | "per-batch", "duplicates": "mean" | "keep"},
 *     "pointformer": {"groups": 512, "neighbours": 32, "depth": 12,
 *                     "attention": "paper" | "published"}
 *   },
 *   "preprocessing": {"points": 10000, "normalise": true, "up_axis": "auto" | "y" | "z",
 *                     "colour_fill": 0.4, "rotations": 1},
 *   "classes": [{"name": "chair", "prompts": ["a point cloud model of a chair."]}],
 *   "teacher": {"id": "...", "kind": "embedded"} | null,
 *   "bank": {"path": "../../names-pq4", "id": "SHA-256"},
 *   "provenance": {"any": "string"},
 *   "files": {"model.safetensors": "SHA-256", "alignment.safetensors": "SHA-256"}
 * }
 * }</pre>
 *
 * Class j has row j of the head. Models of before there were PointFormers lack that field; only a
 * model that names a bank has one. Unknown fields are left alone, so that later writers may add
 * some.
 */
final class ModelJson {
  static final String FORMAT = "trispike-model";
  static final long VERSION = 1;

  private final JsonFields root;

  ModelJson(String file, Map<String, Object> fields) throws MalformedFileException {
    root = new JsonFields(file, "", fields);
    if (!root.text("format").equals(FORMAT)) {
      throw root.fail(Reason.BAD_FIELD, "format", "is not " + FORMAT);
    }
    long version = root.integer("format_version");
    if (version != VERSION) {
      throw root.fail(
          Reason.UNKNOWN_VERSION, "format_version", "is " + version + ", known is " + VERSION);
    }
  }

  EncoderSpec network() throws MalformedFileException {
    JsonFields network = root.object("network");
    JsonFields neuron = network.object("neuron");
    JsonFields voxels = network.object("voxels");
    try {
      return new EncoderSpec(
          network.text("name"),
          root.list("classes").size(),
          network.choice("activation", Activation.values()),
          new Neuron(
              neuron.integer("levels"),
              neuron.number("decay"),
              neuron.choice("rounding", Neuron.Rounding.values()),
              neuron.choice("window", Neuron.Window.values()),
              neuron.bool("normalised")),
          network.integer("steps"),
          new VoxelSpec(
              voxels.number("size"),
              voxels.choice("origin", VoxelSpec.Origin.values()),
              voxels.choice("duplicates", VoxelSpec.Duplicates.values())),
          pointFormer(network));
    } catch (IllegalArgumentException e) {
      throw root.fail(Reason.BAD_FIELD, "network", e.getMessage());
    }
  }

  private static PointFormerSpec pointFormer(JsonFields network) throws MalformedFileException {
    if (network.isNull("pointformer")) {
      return PointFormerSpec.standard();
    }
    JsonFields fields = network.object("pointformer");
    return new PointFormerSpec(
        fields.integer("groups"),
        fields.integer("neighbours"),
        fields.integer("depth"),
        fields.choice("attention", Attention.values()));
  }

  ModelPreprocessing preprocessing() throws MalformedFileException {
    JsonFields fields = root.object("preprocessing");
    try {
      return new ModelPreprocessing(
          fields.integer("points"),
          fields.bool("normalise"),
          fields.text("up_axis"),
          fields.number("colour_fill"),
          fields.integer("rotations"));
    } catch (IllegalArgumentException e) {
      throw root.fail(Reason.BAD_FIELD, "preprocessing", e.getMessage());
    }
  }

  List<ModelClass> classes() throws MalformedFileException {
    List<ModelClass> classes = new ArrayList<>();
    for (JsonFields fields : root.objects("classes")) {
      try {
        classes.add(new ModelClass(fields.text("name"), fields.texts("prompts")));
      } catch (IllegalArgumentException e) {
        throw fields.fail(Reason.BAD_FIELD, "name", e.getMessage());
      }
    }
    return classes;
  }

  TeacherRef teacher() throws MalformedFileException {
    if (root.isNull("teacher")) {
      return null;
    }
    JsonFields fields = root.object("teacher");
    return new TeacherRef(fields.text("id"), fields.text("kind"));
  }

  /** The bank that the model names, or null. */
  BankRef bank() throws MalformedFileException {
    if (root.isNull(BankRef.FIELD)) {
      return null;
    }
    JsonFields fields = root.object(BankRef.FIELD);
    try {
      return new BankRef(fields.text("path"), fields.text("id"));
    } catch (IllegalArgumentException e) {
      throw root.fail(
          Reason.BAD_FIELD, BankRef.FIELD, "is none that can be used: " + e.getMessage());
    }
  }

  Map<String, String> provenance() throws MalformedFileException {
    return root.object("provenance").allTexts();
  }

  Map<String, String> files() throws MalformedFileException {
    return root.object("files").allTexts();
  }

  /** The fields of {@code model}, whose files have these hashes. */
  static Map<String, Object> of(SpikingModel model, Map<String, String> hashes) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("format", FORMAT);
    root.put("format_version", VERSION);
    root.put("network", network(model.network()));
    ModelPreprocessing preprocessing = model.preprocessing();
    root.put(
        "preprocessing",
        ordered(
            "points", preprocessing.points(),
            "normalise", preprocessing.normalise(),
            "up_axis", preprocessing.upAxis(),
            "colour_fill", preprocessing.colourFill(),
            "rotations", preprocessing.rotations()));
    List<Object> classes = new ArrayList<>();
    for (ModelClass c : model.classes()) {
      classes.add(ordered("name", c.name(), "prompts", c.prompts()));
    }
    root.put("classes", classes);
    root.put(
        "teacher", model.teacher().map(t -> ordered("id", t.id(), "kind", t.kind())).orElse(null));
    model.bank().ifPresent(bank -> root.put(BankRef.FIELD, bank.json()));
    root.put("provenance", new TreeMap<>(model.provenance()));
    root.put("files", hashes);
    return root;
  }

  private static Map<String, Object> network(EncoderSpec spec) {
    Neuron neuron = spec.neuron();
    VoxelSpec voxels = spec.voxels();
    PointFormerSpec pointFormer = spec.pointFormer();
    return ordered(
        "name", spec.name(),
        "activation", word(spec.activation()),
        "steps", spec.steps(),
        "neuron",
            ordered(
                "levels", neuron.levels(),
                "decay", neuron.decay(),
                "rounding", word(neuron.rounding()),
                "window", word(neuron.window()),
                "normalised", neuron.normalised()),
        "voxels",
            ordered(
                "size", voxels.voxelSize(),
                "origin", word(voxels.origin()),
                "duplicates", word(voxels.duplicates())),
        "pointformer",
            ordered(
                "groups", pointFormer.groups(),
                "neighbours", pointFormer.neighbours(),
                "depth", pointFormer.depth(),
                "attention", word(pointFormer.attention())));
  }

  private static Map<String, Object> ordered(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
