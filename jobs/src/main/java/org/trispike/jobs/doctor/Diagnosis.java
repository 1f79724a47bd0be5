package org.trispike.jobs.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.trispike.kernels.io.Json;

/** What doctor found, check by check. */
public final class Diagnosis {
  private final List<Finding> findings;

  Diagnosis(List<Finding> findings) {
    this.findings = List.copyOf(findings);
  }

  List<Finding> findings() {
    return findings;
  }

  /** Whether nothing stands in the way of a run. */
  public boolean healthy() {
    return count(Finding.Level.FAIL) == 0;
  }

  /** A line for each finding, and one that counts them. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>(findings.stream().map(Finding::text).toList());
    lines.add(
        String.format(
            Locale.ROOT,
            "%d ok, %d warn, %d fail",
            count(Finding.Level.OK),
            count(Finding.Level.WARN),
            count(Finding.Level.FAIL)));
    return lines;
  }

  /** All of it as one object, for programs. */
  public String toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("healthy", healthy());
    json.put("findings", findings.stream().map(Finding::toMap).toList());
    return Json.write(json);
  }

  private long count(Finding.Level level) {
    return findings.stream().filter(finding -> finding.level() == level).count();
  }
}
