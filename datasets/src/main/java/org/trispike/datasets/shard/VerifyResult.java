package org.trispike.datasets.shard;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What {@link VerifyAction} found.
 *
 * @param directory the dataset
 * @param findings what is wrong, a sentence each; none if the dataset is sound
 */
public record VerifyResult(
    String directory,
    DatasetManifest manifest,
    long points,
    long images,
    long texts,
    long vectors,
    List<String> findings) {
  public VerifyResult {
    Objects.requireNonNull(directory);
    Objects.requireNonNull(manifest);
    findings = List.copyOf(findings);
  }

  /** The result in a line. */
  public String sentence() {
    return String.format(
        Locale.ROOT,
        "%s: %s; %d shapes in %d shards, %.1f MB, %d points, %d pictures, %d texts, %d vectors",
        directory,
        findings.isEmpty() ? "sound" : findings.size() + " findings",
        manifest.rows(),
        manifest.shards().size(),
        manifest.bytes() / 1e6,
        points,
        images,
        texts,
        vectors);
  }
}
