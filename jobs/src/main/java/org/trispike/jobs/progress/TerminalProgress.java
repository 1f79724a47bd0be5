package org.trispike.jobs.progress;

import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.trispike.datasets.Progress;

/** A bar that is drawn over itself, with the lines to keep above it. */
final class TerminalProgress implements Progress {
  private static final int WIDTH = 110;
  private static final int MILLIS = 250;

  private final PrintStream out;
  private ProgressBar bar;

  TerminalProgress(PrintStream out) {
    this.out = out;
  }

  @Override
  public void start(String stage, long total, long done) {
    close();
    out.println(stage);
    bar =
        new ProgressBarBuilder()
            .setTaskName("  ")
            .setInitialMax(total > 0 ? total : -1)
            .startsFrom(done, Duration.ZERO)
            .setUpdateIntervalMillis(MILLIS)
            .setStyle(ProgressBarStyle.ASCII)
            .setConsumer(new ConsoleProgressBarConsumer(out, WIDTH))
            .build();
  }

  @Override
  public void update(long done, String figures) {
    if (bar != null) {
      bar.stepTo(done);
      bar.setExtraMessage(" " + figures);
    }
  }

  @Override
  public void line(String message) {
    // Back to the bar's beginning and over it; the bar is drawn again below at its next tick.
    out.println("\r\u001b[K  " + message);
  }

  @Override
  public void finish(String summary) {
    close();
    out.println("  " + summary);
  }

  private void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
