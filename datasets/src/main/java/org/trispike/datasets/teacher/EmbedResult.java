package org.trispike.datasets.teacher;

import java.util.Objects;
import java.util.Optional;
import org.trispike.datasets.shard.DatasetManifest;

/**
 * What {@link EmbedAction} made.
 *
 * @param directory the folder of the dataset with vectors
 * @param retrieval how well the teacher finds the text of a picture, where it was measured
 */
public record EmbedResult(
    String directory, DatasetManifest manifest, Optional<Retrieval> retrieval) {
  public EmbedResult {
    Objects.requireNonNull(directory);
    Objects.requireNonNull(manifest);
    Objects.requireNonNull(retrieval);
  }
}
