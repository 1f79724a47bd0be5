package org.trispike.jobs.progress;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.trispike.datasets.Progress;

/** Plain lines for logs and pipes: the first of a stage, one every few seconds, and the last. */
final class LineProgress implements Progress {
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final PrintStream out;
  private final Clock clock;
  private Instant began;
  private Instant spoke;
  private long total;
  private long former;

  LineProgress(PrintStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
    this.began = clock.instant();
    this.spoke = began;
  }

  @Override
  public void start(String stage, long total, long done) {
    this.total = total;
    this.former = done;
    began = clock.instant();
    spoke = began;
    out.println(stage);
  }

  @Override
  public void update(long done, String figures) {
    Instant now = clock.instant();
    if (Duration.between(spoke, now).compareTo(PAUSE) < 0) {
      return;
    }
    spoke = now;
    Duration passed = Duration.between(began, now);
    StringBuilder line = new StringBuilder("  ");
    if (total > 0) {
      line.append(String.format(Locale.ROOT, "%3d %%  ", 100 * done / total));
    }
    line.append(figures).append("  ").append(clock(passed));
    if (total > 0 && done > former) {
      line.append(", ").append(clock(passed.multipliedBy(total - done).dividedBy(done - former)));
      line.append(" left");
    }
    out.println(line);
  }

  @Override
  public void line(String message) {
    out.println("  " + message);
  }

  @Override
  public void finish(String summary) {
    out.println("  " + summary + "  [" + clock(Duration.between(began, clock.instant())) + "]");
  }

  private static String clock(Duration duration) {
    long seconds = duration.toSeconds();
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
