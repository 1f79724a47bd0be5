package org.trispike.training.pretrain;

import java.util.ArrayList;
import java.util.List;
import org.trispike.datasets.Progress;

/** Does something after so many rounds, and keeps the lines. */
final class AfterRounds implements Progress {
  final List<String> lines = new ArrayList<>();
  Runnable then = () -> {};
  private final int rounds;
  private int updates;

  AfterRounds(int rounds) {
    this.rounds = rounds;
  }

  @Override
  public void start(String stage, long total, long done) {}

  @Override
  public void update(long done, String figures) {
    if (++updates == rounds) {
      then.run();
    }
  }

  @Override
  public void line(String message) {
    lines.add(message);
  }

  @Override
  public void finish(String summary) {}
}
