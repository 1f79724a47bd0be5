package org.trispike.datasets.teacher.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.util.List;
import java.util.Map;

/**
 * Turns what a tower looks at into the tensors that its model takes.
 *
 * @param <T> a text, or a picture
 */
interface Inputs<T> extends AutoCloseable {

  /** The tensors of a batch, by the names of the model's inputs. The caller closes them. */
  Map<String, OnnxTensor> of(List<T> batch) throws OrtException;

  /** Anything that the tower can look at. */
  T sample();

  /** What messages call an item. */
  String name(T item);

  @Override
  void close();
}
