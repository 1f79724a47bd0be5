package org.trispike.jobs.report;

import com.typesafe.config.Config;
import org.trispike.datasets.UserError;

/**
 * The group {@code report} of the configuration.
 *
 * @param directory the run folder
 * @param examples shown, at most
 * @param points drawn of each cloud, at most
 */
public record ReportConfig(String directory, int examples, int points) {
  public ReportConfig {
    check(examples >= 0, "report.examples is not negative, but " + examples);
    check(points >= 1, "report.points is positive, not " + points);
  }

  private static void check(boolean ok, String message) {
    if (!ok) {
      throw UserError.usage(message);
    }
  }

  public static ReportConfig from(Config root) {
    return new ReportConfig(
        root.getString("run.dir"), root.getInt("report.examples"), root.getInt("report.points"));
  }
}
