package org.trispike.spiking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;
import org.trispike.kernels.PointBatch;
import org.trispike.kernels.io.FloatArray;
import org.trispike.kernels.io.MalformedFileException;

/**
 * A deployable classifier: a spiking network without norms and without a text tower, and the names
 * of its classes. Immutable; {@link RepVli#fold} makes one, {@link #open} runs it.
 */
public final class SpikingModel {
  private final EncoderSpec network;
  private final float[] parameters;
  private final List<ModelClass> classes;
  private final ModelPreprocessing preprocessing;
  private final TeacherRef teacher;
  private final Map<String, String> provenance;
  private final Alignment alignment;
  private final BankRef bank;

  /** A model that names no bank. */
  SpikingModel(
      EncoderSpec network,
      float[] parameters,
      List<ModelClass> classes,
      ModelPreprocessing preprocessing,
      TeacherRef teacher,
      Map<String, String> provenance,
      Alignment alignment) {
    this(network, parameters, classes, preprocessing, teacher, provenance, alignment, null);
  }

  /**
   * @param network its output width is the number of classes
   * @param parameters in the layout of the folded network
   * @param teacher null if unknown
   * @param alignment null if the model cannot take further classes
   * @param bank null if the model names none
   */
  SpikingModel(
      EncoderSpec network,
      float[] parameters,
      List<ModelClass> classes,
      ModelPreprocessing preprocessing,
      TeacherRef teacher,
      Map<String, String> provenance,
      Alignment alignment,
      BankRef bank) {
    if (network.outputWidth() != classes.size()) {
      throw new IllegalArgumentException(
          classes.size() + " classes meet a head of " + network.outputWidth() + " rows");
    }
    ParameterLayout layout = Encoders.folded(network).layout();
    layout.checkLength(parameters);
    if (alignment != null) {
      int pooled = layout.get("head.weight").shape()[1];
      alignment.finalWeight().checkShape("final.weight", alignment.width(), pooled);
    }
    this.network = network;
    this.parameters = parameters.clone();
    this.classes = List.copyOf(classes);
    this.preprocessing = preprocessing;
    this.teacher = teacher;
    this.provenance = Map.copyOf(provenance);
    this.alignment = alignment;
    this.bank = bank;
  }

  /** The network; its output width is the number of classes. */
  public EncoderSpec network() {
    return network;
  }

  public List<ModelClass> classes() {
    return classes;
  }

  public ModelPreprocessing preprocessing() {
    return preprocessing;
  }

  public Optional<TeacherRef> teacher() {
    return Optional.ofNullable(teacher);
  }

  /** How the model was made, by the words of whoever made it. */
  public Map<String, String> provenance() {
    return provenance;
  }

  /** What new classes and retrieval need. */
  public Optional<Alignment> alignment() {
    return Optional.ofNullable(alignment);
  }

  /** The bank whose names the model ranks unless told otherwise. */
  public Optional<BankRef> bank() {
    return Optional.ofNullable(bank);
  }

  /** The folded network's parameters by name, as {@code model.safetensors} has them. */
  public Map<String, FloatArray> parameters() {
    return Encoders.folded(network).layout().named(parameters);
  }

  /** Elements that inference reads: weights and biases, the head included. */
  public int parameterCount() {
    return parameters.length;
  }

  float[] flat() {
    return parameters;
  }

  /** This model without any class: {@link #withClasses} then gives it others. */
  public SpikingModel withoutClasses() {
    Map<String, FloatArray> named = parameters();
    int pooled = named.get("head.weight").shape()[1];
    named.put("head.weight", new FloatArray(new int[] {0, pooled}, new float[0]));
    named.put("head.bias", FloatArray.vector());
    EncoderSpec headless = network.withOutputWidth(0);
    float[] flat = Encoders.folded(headless).layout().flat(named);
    return new SpikingModel(
        headless, flat, List.of(), preprocessing, teacher, provenance, alignment, bank);
  }

  /**
   * This model with further classes at the end; the others keep their places and rows.
   *
   * @param textEmbeddings of the model's teacher, one for each added class; see {@link RepVli#mean}
   */
  public SpikingModel withClasses(List<ModelClass> added, List<float[]> textEmbeddings) {
    if (alignment == null) {
      throw new IllegalStateException(
          "The model has no alignment.safetensors, which new classes need");
    }
    if (added.size() != textEmbeddings.size()) {
      throw new IllegalArgumentException(
          added.size() + " classes have " + textEmbeddings.size() + " embeddings");
    }
    List<float[]> vectors = new ArrayList<>();
    for (int i = 0; i < added.size(); i++) {
      try {
        vectors.add(alignment.classVector(textEmbeddings.get(i)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "Embedding of class " + added.get(i).name() + ": " + e.getMessage(), e);
      }
    }
    RepVli.Head head = RepVli.head(alignment, vectors);
    int pooled = alignment.finalWeight().shape()[1];
    Map<String, FloatArray> named = parameters();
    float[] weight = named.get("head.weight").data();
    float[] bias = named.get("head.bias").data();
    int k = classes.size();
    int total = k + added.size();
    float[] allWeight = java.util.Arrays.copyOf(weight, total * pooled);
    float[] allBias = java.util.Arrays.copyOf(bias, total);
    for (int i = 0; i < added.size(); i++) {
      System.arraycopy(head.rows().get(i), 0, allWeight, (k + i) * pooled, pooled);
      allBias[k + i] = head.bias()[i];
    }
    named.put("head.weight", new FloatArray(new int[] {total, pooled}, allWeight));
    named.put("head.bias", FloatArray.vector(allBias));
    List<ModelClass> all = new ArrayList<>(classes);
    all.addAll(added);
    EncoderSpec wider = network.withOutputWidth(total);
    float[] flat = Encoders.folded(wider).layout().flat(named);
    return new SpikingModel(wider, flat, all, preprocessing, teacher, provenance, alignment, bank);
  }

  /**
   * Reads a model folder; throws {@link MalformedFileException}, naming file and field, if it is
   * not one.
   */
  public static SpikingModel read(Path folder) throws IOException {
    return ModelFolder.read(folder);
  }

  /** Writes a model folder, {@code model.json} last; the folder is made if it is not there. */
  public void write(Path folder) throws IOException {
    ModelFolder.write(this, folder);
  }

  /** Whether layers see integer spikes that {@link InferencePaths} may take in other ways. */
  public boolean hasPaths() {
    return LayerPaths.suit(network);
  }

  /** Puts the model on {@code compute}, which stays the caller's. */
  public InferenceRuntime open(Compute compute) {
    return new InferenceRuntime(this, compute, null);
  }

  /**
   * Puts the model on {@code compute} with weights on a {@link WeightGrid} and layers that go by
   * {@code paths}. A network without integer spikes is opened as {@link #open(Compute)} does.
   */
  public InferenceRuntime open(Compute compute, InferencePaths paths) {
    return new InferenceRuntime(this, compute, paths);
  }

  /** {@link InferenceRuntime#logits} on one CPU thread; for many batches, {@link #open} once. */
  public float[][] logits(PointBatch batch) {
    return once(runtime -> runtime.logits(batch));
  }

  /** {@link InferenceRuntime#features} on one CPU thread; for many batches, {@link #open} once. */
  public float[][] features(PointBatch batch) {
    return once(runtime -> runtime.features(batch));
  }

  /** {@link InferenceRuntime#classify} on one CPU thread; for many shapes, {@link #open} once. */
  public List<Ranked> classify(PointBatch views, int top) {
    return once(runtime -> runtime.classify(views, top));
  }

  private interface Use<R> {
    R of(InferenceRuntime runtime);
  }

  private <R> R once(Use<R> use) {
    try (Compute compute = Computes.cpu(1);
        InferenceRuntime runtime = open(compute)) {
      return use.of(runtime);
    }
  }
}
