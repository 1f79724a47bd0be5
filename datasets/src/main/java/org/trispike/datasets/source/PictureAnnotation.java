package org.trispike.datasets.source;

import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Source;

/** What a collection of pictures says of one, and where its labels are. */
public interface PictureAnnotation extends Annotation {
  /**
   * The labels.
   *
   * @param picture whose files the labels are among
   * @param width of the picture in pixels
   * @param height of the picture in pixels
   * @throws CorruptInputException if they cannot be used, or are not of a picture of that size
   */
  PictureLabels read(Source picture, int width, int height) throws CorruptInputException;
}
