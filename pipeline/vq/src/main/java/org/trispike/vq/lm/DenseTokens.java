package org.trispike.vq.lm;

import java.util.Arrays;

/** Tokens in full precision, those of a head beside each other. */
final class DenseTokens implements Tokens {
  private static final int FIRST_CAPACITY = 64;

  private final Lanes lanes;
  private final int channels;
  private final float[][] heads;
  private int count;

  DenseTokens(Lanes lanes, int heads, int channels) {
    this.lanes = lanes;
    this.channels = channels;
    this.heads = new float[heads][FIRST_CAPACITY * channels];
  }

  /** Adds a token, or replaces the one at {@code slot} ≤ count. */
  void set(int slot, float[] token) {
    for (int head = 0; head < heads.length; head++) {
      if ((slot + 1) * channels > heads[head].length) {
        heads[head] = Arrays.copyOf(heads[head], 2 * heads[head].length);
      }
      System.arraycopy(token, head * channels, heads[head], slot * channels, channels);
    }
    count = Math.max(count, slot + 1);
  }

  /** Copies the token at {@code slot} to {@code target}. */
  void get(int slot, float[] target) {
    for (int head = 0; head < heads.length; head++) {
      System.arraycopy(heads[head], slot * channels, target, head * channels, channels);
    }
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public void scores(int head, float[] query, int queryAt, float[] scores, int at) {
    for (int token = 0; token < count; token++) {
      scores[at + token] = lanes.dot(heads[head], token * channels, query, queryAt, channels);
    }
  }

  @Override
  public void mix(int head, float[] shares, int sharesAt, float[] y, int yAt) {
    lanes.mix(heads[head], count, channels, shares, sharesAt, y, yAt);
  }

  @Override
  public long bytes() {
    return 4L * heads.length * channels * count;
  }
}
