package org.trispike.datasets.teacher.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.trispike.datasets.UserError;
import org.trispike.datasets.teacher.Vectors;

/**
 * A model that makes a vector of each text or picture. Every call has a full batch, since kernels
 * are chosen by the shape of their input: what a short one lacks is its last item again. So with
 * one item a call a vector depends on that item alone, and with more of them only its last digits
 * might depend on its place.
 */
final class OnnxTower<T> implements AutoCloseable {
  private final String model;
  private final OrtSession session;
  private final String output;
  private final int batchSize;
  private final Inputs<T> inputs;
  private final int dimension;

  /**
   * @param model its name for messages
   * @param output that holds the vectors
   */
  OnnxTower(String model, OrtSession session, String output, int batchSize, Inputs<T> inputs) {
    this.model = model;
    this.session = session;
    this.output = output;
    this.batchSize = batchSize;
    this.inputs = inputs;
    this.dimension = run(Collections.nCopies(batchSize, inputs.sample()))[0].length;
  }

  int dimension() {
    return dimension;
  }

  /**
   * The unit vectors of some items.
   *
   * @throws UserError if the model fails, or a vector has no direction
   */
  float[][] embed(List<T> items) {
    float[][] vectors = new float[items.size()][];
    for (int from = 0; from < vectors.length; from += batchSize) {
      List<T> part = items.subList(from, Math.min(from + batchSize, vectors.length));
      float[][] rows = run(full(part));
      for (int i = 0; i < part.size(); i++) {
        vectors[from + i] = unit(rows[i], part.get(i));
      }
    }
    return vectors;
  }

  private List<T> full(List<T> part) {
    List<T> batch = new ArrayList<>(part);
    batch.addAll(Collections.nCopies(batchSize - part.size(), part.get(part.size() - 1)));
    return batch;
  }

  /** The rows of the output, as the model gives them. */
  private float[][] run(List<T> batch) {
    Map<String, OnnxTensor> tensors = Map.of();
    try {
      tensors = inputs.of(batch);
      try (OrtSession.Result result = session.run(tensors, Set.of(output))) {
        return rows((OnnxTensor) result.get(0));
      }
    } catch (OrtException e) {
      throw failure(e);
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private float[][] rows(OnnxTensor vectors) {
    long[] shape = vectors.getInfo().getShape();
    if (shape.length != 2 || shape[0] != batchSize || shape[1] < 1) {
      throw UserError.data(
          model
              + " gives "
              + output
              + " "
              + Arrays.toString(shape)
              + " for "
              + batchSize
              + " rows, not a vector for each. Nothing was published");
    }
    FloatBuffer values = vectors.getFloatBuffer();
    float[][] rows = new float[batchSize][(int) shape[1]];
    for (float[] row : rows) {
      values.get(row);
    }
    return rows;
  }

  private float[] unit(float[] vector, T item) {
    double square = Vectors.dot(vector, vector);
    if (vector.length != dimension || !(square > 0) || !Double.isFinite(square)) {
      throw UserError.data(
          model
              + " makes a vector of "
              + vector.length
              + " numbers and length "
              + Math.sqrt(square)
              + " of "
              + inputs.name(item)
              + ", where one of "
              + dimension
              + " numbers and a finite length above 0 is wanted. Nothing was published");
    }
    return Vectors.normalize(vector);
  }

  private UserError failure(OrtException e) {
    return UserError.environment(model + " failed in ONNX Runtime: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    inputs.close();
    try {
      session.close();
    } catch (OrtException e) {
      throw failure(e);
    }
  }
}
