package org.trispike.datasets.source;

import java.util.Objects;

/**
 * What belongs to a scan whose points are labelled.
 *
 * @param labels the path of the labels, or "" where they are kept back
 * @param learningMap the path of what says what classes they become
 */
public record ScanLabels(String labels, String learningMap) implements Annotation {
  public ScanLabels {
    Objects.requireNonNull(labels);
    Objects.requireNonNull(learningMap);
  }
}
