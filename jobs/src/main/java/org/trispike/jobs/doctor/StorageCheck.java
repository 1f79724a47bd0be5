package org.trispike.jobs.doctor;

import java.util.ArrayList;
import java.util.List;

/** What is read can be read, where is written can be written, and all see the same run folder. */
final class StorageCheck implements Check {
  @Override
  public String name() {
    return "storage";
  }

  @Override
  public List<Finding> of(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    for (PlaceFacts place : facts.places()) {
      findings.add(judge(place).at(place.setting() + " = " + place.path()));
    }
    findings.addAll(Check.each(facts.executors(), this::sees));
    return findings;
  }

  private Finding judge(PlaceFacts place) {
    return place
        .fault()
        .map(
            fault ->
                Finding.fail(name(), fault.meaning() + " (" + place.kind() + ")", fault.mend()))
        .orElseGet(() -> Finding.ok(name(), place.written() ? "can be written to" : "can be read"));
  }

  private Finding sees(JvmFacts executor) {
    return executor.seesRun()
        ? Finding.ok(name(), "sees what the driver writes")
        : Finding.fail(
            name(),
            "does not see what the driver wrote to the place of run.dir",
            "take a folder that all nodes see under the same name: --set run.dir=hdfs:///runs/x, an"
                + " s3a:// path, or a mount");
  }
}
