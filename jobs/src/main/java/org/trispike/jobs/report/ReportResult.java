package org.trispike.jobs.report;

import java.util.Objects;

/**
 * What {@link ReportAction} made.
 *
 * @param file the page
 * @param bytes its size
 */
public record ReportResult(String file, long bytes) {
  public ReportResult {
    Objects.requireNonNull(file);
  }
}
