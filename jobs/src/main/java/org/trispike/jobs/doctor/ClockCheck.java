package org.trispike.jobs.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Clocks agree: logs are read side by side, and S3 refuses requests that are 15 minutes off. */
final class ClockCheck implements Check {
  private static final long WARN_MILLIS = 2_000;
  private static final long FAIL_MILLIS = 15 * 60_000;
  private static final String MEND =
      "let NTP set the clocks of all nodes (timedatectl set-ntp true)";

  @Override
  public String name() {
    return "clock";
  }

  @Override
  public List<Finding> of(Facts facts) {
    Map<String, Long> skews = new TreeMap<>(facts.spark().skewMillis());
    List<Finding> findings = new ArrayList<>();
    for (Map.Entry<String, Long> skew : skews.entrySet()) {
      long millis = Math.abs(skew.getValue());
      String seen =
          String.format(
              Locale.ROOT,
              "its clock is %.1f s %s the driver's",
              millis * 1e-3,
              skew.getValue() > 0 ? "ahead of" : "behind");
      if (millis >= FAIL_MILLIS) {
        findings.add(Finding.fail(name(), seen, MEND).at(skew.getKey()));
      } else if (millis >= WARN_MILLIS) {
        findings.add(Finding.warn(name(), seen, MEND).at(skew.getKey()));
      }
    }
    if (findings.isEmpty() && !skews.isEmpty()) {
      findings.add(Finding.ok(name(), "no executor's clock is 2 s off the driver's"));
    }
    return findings;
  }
}
