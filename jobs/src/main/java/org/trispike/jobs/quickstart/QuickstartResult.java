package org.trispike.jobs.quickstart;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What {@link QuickstartAction} made.
 *
 * @param triplets the list of the shapes
 * @param classes the kinds, each with its names, as evaluation reads them
 */
public record QuickstartResult(Path triplets, Path classes, int kinds, int shapes) {
  public QuickstartResult {
    Objects.requireNonNull(triplets);
    Objects.requireNonNull(classes);
  }
}
