package org.trispike.datasets.teacher.onnx;

import java.util.Objects;

/** A teacher's two towers in working order. Safe for concurrent use. */
record ClipTowers(OnnxTower<byte[]> images, OnnxTower<String> texts) implements AutoCloseable {
  ClipTowers {
    Objects.requireNonNull(images);
    Objects.requireNonNull(texts);
  }

  int dimension() {
    return texts.dimension();
  }

  @Override
  public void close() {
    images.close();
    texts.close();
  }
}
