package org.trispike.datasets.teacher;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * The alignment loss as DL4J takes a loss: symmetric InfoNCE between the batch's pictures (the
 * output, [B, d], of any length) and their texts (the labels, [B, d], unit vectors).
 *
 * <p>With z the unit vectors of the outputs, S = σ z tᵀ, the loss is ½ (CE(S, Y) + CE(Sᵀ, Y)). Y is
 * the identity, except that pictures with the same text share its weight: "chair" is no negative of
 * "chair". CLIP (Radford et al., 2021), section 2.3; here σ is fixed. O(B² d) a step, in plain
 * loops: B is small.
 */
final class InfoNceLoss implements ILossFunction {
  private static final long serialVersionUID = 1;

  private final double scale;

  InfoNceLoss(double scale) {
    this.scale = scale;
  }

  @Override
  public String name() {
    return "infoNce";
  }

  @Override
  public double computeScore(
      INDArray labels, INDArray output, IActivation activation, INDArray mask, boolean average) {
    double sum = evaluate(labels, output).loss();
    return average ? sum / output.rows() : sum;
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray output, IActivation activation, INDArray mask) {
    double mean = evaluate(labels, output).loss() / output.rows();
    return Nd4j.valueArrayOf(new long[] {output.rows(), 1}, mean, output.dataType());
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray output, IActivation activation, INDArray mask) {
    return Nd4j.create(evaluate(labels, output).gradient());
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray output, IActivation activation, INDArray mask, boolean average) {
    Evaluation evaluation = evaluate(labels, output);
    double loss = average ? evaluation.loss() / output.rows() : evaluation.loss();
    return Pair.of(loss, Nd4j.create(evaluation.gradient()));
  }

  private Evaluation evaluate(INDArray labels, INDArray output) {
    return evaluate(output.toFloatMatrix(), labels.toFloatMatrix(), scale);
  }

  /** The loss summed over the batch, and its gradient by the outputs; DL4J divides both by B. */
  @SuppressWarnings("ArrayRecordComponent")
  record Evaluation(double loss, float[][] gradient) {}

  static Evaluation evaluate(float[][] outputs, float[][] texts, double scale) {
    int batch = outputs.length;
    float[][] z = new float[batch][];
    double[] lengths = new double[batch];
    for (int i = 0; i < batch; i++) {
      lengths[i] = Math.max(1e-12, Math.sqrt(Vectors.dot(outputs[i], outputs[i])));
      z[i] = Vectors.normalize(outputs[i].clone());
    }
    double[][] logits = new double[batch][batch];
    double[][] targets = new double[batch][batch];
    for (int i = 0; i < batch; i++) {
      int same = 0;
      for (int j = 0; j < batch; j++) {
        logits[i][j] = scale * Vectors.dot(z[i], texts[j]);
        targets[i][j] = Vectors.dot(texts[i], texts[j]) > 0.99999 ? 1 : 0;
        same += (int) targets[i][j];
      }
      for (int j = 0; j < batch; j++) {
        targets[i][j] /= same;
      }
    }
    double[][] slope = new double[batch][batch];
    double loss = 0;
    for (int i = 0; i < batch; i++) {
      loss += crossEntropy(logits, targets, slope, i, true);
      loss += crossEntropy(logits, targets, slope, i, false);
    }
    float[][] gradient = new float[batch][];
    for (int i = 0; i < batch; i++) {
      gradient[i] = gradient(slope[i], texts, z[i], scale / lengths[i]);
    }
    return new Evaluation(loss, gradient);
  }

  /** Half the cross entropy of a row (or a column), and its slope added to {@code slope}. */
  private static double crossEntropy(
      double[][] logits, double[][] targets, double[][] slope, int line, boolean row) {
    int batch = logits.length;
    double max = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < batch; k++) {
      max = Math.max(max, row ? logits[line][k] : logits[k][line]);
    }
    double sum = 0;
    for (int k = 0; k < batch; k++) {
      sum += Math.exp((row ? logits[line][k] : logits[k][line]) - max);
    }
    double loss = 0;
    for (int k = 0; k < batch; k++) {
      int i = row ? line : k;
      int j = row ? k : line;
      double logProbability = logits[i][j] - max - Math.log(sum);
      // Same texts have same targets both ways round, so the matrix of targets is symmetric.
      loss -= 0.5 * targets[i][j] * logProbability;
      slope[i][j] += 0.5 * (Math.exp(logProbability) - targets[i][j]);
    }
    return loss;
  }

  /** Through the division by the length: (g − z (z·g)) · factor with g = Σ slope_j t_j. */
  private static float[] gradient(double[] slope, float[][] texts, float[] z, double factor) {
    double[] g = new double[z.length];
    for (int j = 0; j < slope.length; j++) {
      for (int k = 0; k < g.length; k++) {
        g[k] += slope[j] * texts[j][k];
      }
    }
    double along = 0;
    for (int k = 0; k < g.length; k++) {
      along += g[k] * z[k];
    }
    float[] gradient = new float[z.length];
    for (int k = 0; k < g.length; k++) {
      gradient[k] = (float) (factor * (g[k] - along * z[k]));
    }
    return gradient;
  }
}
