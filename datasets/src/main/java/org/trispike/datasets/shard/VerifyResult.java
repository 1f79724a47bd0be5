package org.trispike.datasets.shard;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@link VerifyAction} found.
 *
 * @param directory the dataset
 * @param counts of what its rows hold, e.g. of points
 * @param findings what is wrong, a sentence each; none if the dataset is sound
 */
public record VerifyResult(
    String directory,
    DatasetManifest manifest,
    SortedMap<String, Long> counts,
    List<String> findings) {
  public VerifyResult {
    Objects.requireNonNull(directory);
    Objects.requireNonNull(manifest);
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    findings = List.copyOf(findings);
  }

  /** The result in a line. */
  public String sentence() {
    StringBuilder sentence =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%s: %s; %d %s in %d shards, %.1f MB",
                directory,
                findings.isEmpty() ? "sound" : findings.size() + " findings",
                manifest.rows(),
                manifest.kind().noun(),
                manifest.shards().size(),
                manifest.bytes() / 1e6));
    counts.forEach((what, count) -> sentence.append(", ").append(count).append(' ').append(what));
    return sentence.toString();
  }
}
