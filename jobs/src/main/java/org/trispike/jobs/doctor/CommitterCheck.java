package org.trispike.jobs.doctor;

import java.util.List;

/** In a bucket, tasks' files become visible when their stage is finished and not before. */
final class CommitterCheck implements Check {
  @Override
  public String name() {
    return "committer";
  }

  @Override
  public List<Finding> of(Facts facts) {
    return facts.places().stream()
        .filter(place -> place.written() && place.bucket() && place.fault().isEmpty())
        .map(this::judge)
        .toList();
  }

  private Finding judge(PlaceFacts place) {
    return place.magic()
        ? Finding.ok(name(), place.path() + ": S3A's magic committer is in force")
        : Finding.warn(
            name(),
            place.path() + ": without S3A's magic committer, shards are visible before their end",
            "--set 'spark.conf=[\"spark.hadoop.fs.s3a.committer.magic.enabled=true\"]', also where"
                + " a setting of this bucket alone says otherwise");
  }
}
