package org.trispike.spiking;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trispike.kernels.io.FloatArray;

/**
 * Rep-VLI: turns a trained encoder and the text side of its teacher into one small network.
 *
 * <p>Norms: w' = w γ/√(σ² + ε) and b' = β − μ γ/√(σ² + ε), with running values. Text: W_j =
 * normalise(A_t e_j + a_t). Last map and pooling: since both are linear, logit_j = W_j · z = (W
 * A_f)_j · m + W_j · b_f, a matrix [K, C4] and a bias [K] on the pooled membranes m. Source: SVL
 * (arXiv 2505.17674) §3, with the trained projection, which its formula leaves out. Sums are taken
 * in double precision, at the cost of one pass over the weights.
 */
public final class RepVli {
  private RepVli() {}

  /**
   * The model of a trained encoder and {@code classes}, which may be none.
   *
   * @param encoder of {@link Encoders#create}
   * @param parameters [encoder.layout().size()], trained
   * @param alignment with the same encoder's last map
   * @param textEmbeddings the teacher's, one for each class; see {@link #mean}
   */
  public static SpikingModel fold(
      Encoder encoder,
      float[] parameters,
      Alignment alignment,
      List<ModelClass> classes,
      List<float[]> textEmbeddings,
      ModelPreprocessing preprocessing,
      TeacherRef teacher,
      Map<String, String> provenance) {
    EncoderSpec headless = encoder.spec().withOutputWidth(0);
    ParameterLayout target = Encoders.folded(headless).layout();
    float[] folded = foldNorms(encoder.layout(), parameters, target);
    SpikingModel model =
        new SpikingModel(
            headless, folded, List.of(), preprocessing, teacher, provenance, alignment);
    return model.withClasses(classes, textEmbeddings);
  }

  /**
   * One embedding for several prompts: each is normalised, then their mean. A single prompt's own
   * length does not matter either.
   */
  public static float[] mean(List<float[]> promptEmbeddings) {
    if (promptEmbeddings.isEmpty()) {
      throw new IllegalArgumentException("A class needs at least one prompt");
    }
    float[] sum = new float[promptEmbeddings.get(0).length];
    for (float[] embedding : promptEmbeddings) {
      float[] unit = Vectors.normalize(embedding);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += unit[i];
      }
    }
    return Vectors.normalize(sum);
  }

  /** Folds norms into the layout of the folded network, all of whose parameters but the head. */
  static float[] foldNorms(ParameterLayout source, float[] parameters, ParameterLayout target) {
    source.checkLength(parameters);
    Map<String, FloatArray> folded = new LinkedHashMap<>();
    for (ParameterSpec spec : target.parameters()) {
      String layer = spec.name().replaceFirst("\\.conv\\.weight$", "");
      if (source.has(layer + ".norm.weight")) {
        foldLayer(source, parameters, layer, folded);
      } else if (source.has(spec.name())) {
        // A layer's bias is there already if it had to go through a norm.
        folded.putIfAbsent(
            spec.name(), new FloatArray(spec.shape(), source.get(spec.name()).of(parameters)));
      }
    }
    int width = target.get("head.weight").shape()[1];
    folded.put("head.weight", new FloatArray(new int[] {0, width}, new float[0]));
    folded.put("head.bias", FloatArray.vector());
    return target.flat(folded);
  }

  private static void foldLayer(
      ParameterLayout source, float[] parameters, String layer, Map<String, FloatArray> folded) {
    ParameterSpec weight = source.get(layer + ".conv.weight");
    float[] gamma = source.get(layer + ".norm.weight").of(parameters);
    float[] beta = source.get(layer + ".norm.bias").of(parameters);
    float[] mean = source.get(layer + ".norm.mean").of(parameters);
    float[] variance = source.get(layer + ".norm.variance").of(parameters);
    int channels = gamma.length;
    float[] before =
        source.has(layer + ".conv.bias")
            ? source.get(layer + ".conv.bias").of(parameters)
            : new float[channels];
    double[] scale = new double[channels];
    float[] bias = new float[channels];
    for (int c = 0; c < channels; c++) {
      scale[c] = gamma[c] / Math.sqrt((double) variance[c] + BatchNorm.EPSILON);
      bias[c] = (float) (beta[c] + (before[c] - mean[c]) * scale[c]);
    }
    float[] scaled = weight.of(parameters);
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) (scaled[i] * scale[i % channels]);
    }
    folded.put(layer + ".conv.weight", new FloatArray(weight.shape(), scaled));
    folded.put(layer + ".conv.bias", FloatArray.vector(bias));
  }

  /** The head's rows [classes, C4] and biases [classes] of class vectors W [classes][C]. */
  static Head head(Alignment alignment, List<float[]> classVectors) {
    int pooled = alignment.finalWeight().shape()[1];
    float[] last = alignment.finalWeight().data();
    List<float[]> rows = new ArrayList<>();
    float[] bias = new float[classVectors.size()];
    for (int k = 0; k < bias.length; k++) {
      float[] vector = classVectors.get(k);
      double[] row = new double[pooled];
      double shift = 0;
      for (int c = 0; c < vector.length; c++) {
        shift += (double) vector[c] * alignment.finalBias()[c];
        for (int i = 0; i < pooled; i++) {
          row[i] += (double) vector[c] * last[c * pooled + i];
        }
      }
      float[] rounded = new float[pooled];
      for (int i = 0; i < pooled; i++) {
        rounded[i] = (float) row[i];
      }
      rows.add(rounded);
      bias[k] = (float) shift;
    }
    return new Head(rows, bias);
  }

  /** Rows [C4] and biases, one for each class. */
  record Head(List<float[]> rows, float[] bias) {}
}
