package org.trispike.jobs.report;

import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Writes {@code report.html}: everything that a run left behind, on one page. */
public final class ReportAction {
  static final String FILE = "report.html";

  private final Configuration hadoop;
  private final ReportConfig config;

  public ReportAction(Configuration hadoop, ReportConfig config) {
    this.hadoop = hadoop;
    this.config = config;
  }

  /**
   * @throws org.trispike.datasets.UserError if there is no run, or one of its files is damaged
   */
  public ReportResult run() {
    RunFiles files = new RunFiles(hadoop, config.directory());
    Page page = new RunReader(hadoop, config, files).read();
    byte[] html = PageWriter.write(page).getBytes(StandardCharsets.UTF_8);
    Path file = files.write(FILE, html);
    return new ReportResult(file.toString(), html.length);
  }
}
