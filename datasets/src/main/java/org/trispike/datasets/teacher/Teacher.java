package org.trispike.datasets.teacher;

import java.util.List;

/**
 * A frozen text and image encoder with one space for both. Each vector has length one and depends
 * on its own text or image only, never on what else is in the call. Safe for concurrent use.
 */
public interface Teacher extends AutoCloseable {

  /** Changes whenever a vector would. */
  String id();

  /** The word of {@code teacher.kind}. */
  String kind();

  /** Numbers in a vector. */
  int dimension();

  /** A unit vector for each text, [texts][dimension]. */
  float[][] embedTexts(List<String> texts);

  /**
   * A unit vector for each picture, [images][dimension].
   *
   * @param images encoded as PNG or JPEG
   */
  float[][] embedImages(List<byte[]> images);

  @Override
  void close();
}
