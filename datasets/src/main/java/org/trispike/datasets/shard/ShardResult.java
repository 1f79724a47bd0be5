package org.trispike.datasets.shard;

import java.util.Objects;

/**
 * What {@link ShardAction} made.
 *
 * @param directory the dataset's folder
 * @param rates of the work done now; none for shards that a former run had finished
 */
public record ShardResult(String directory, DatasetManifest manifest, ShardRates rates) {
  public ShardResult {
    Objects.requireNonNull(directory);
    Objects.requireNonNull(manifest);
    Objects.requireNonNull(rates);
  }

  /** Rows that were left out. */
  public long quarantined() {
    return manifest.quarantine().values().stream().mapToLong(Long::longValue).sum();
  }
}
