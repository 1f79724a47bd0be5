package org.trispike.vq.lm;

import java.util.Arrays;
import java.util.List;

/**
 * One query against all tokens, which may lie in several parts: scores of every part first, then
 * one softmax over all of them with the largest subtracted, then values. Scores that are summed
 * over channel groups must be whole before the softmax; here they are, part by part.
 */
final class Attention {
  private final Lanes lanes;
  private final int heads;
  private final int headsOfKey;
  private final int channels;
  private final float[] query;
  private float[] scores = new float[CodedTokens.BLOCK];

  Attention(Lanes lanes, int heads, int keyHeads, int channels) {
    this.lanes = lanes;
    this.heads = heads;
    this.headsOfKey = heads / keyHeads;
    this.channels = channels;
    this.query = new float[heads * channels];
  }

  /** Parts of keys and of values are those of the same tokens, in the same order. */
  void attend(float[] queries, List<Tokens> keys, List<Tokens> values, float[] mixed) {
    int count = keys.stream().mapToInt(Tokens::count).sum();
    if (scores.length < count) {
      scores = new float[2 * count];
    }
    float scale = (float) (1 / Math.sqrt(channels));
    for (int i = 0; i < query.length; i++) {
      query[i] = scale * queries[i];
    }
    Arrays.fill(mixed, 0f);
    for (int head = 0; head < heads; head++) {
      int at = 0;
      for (Tokens part : keys) {
        part.scores(head / headsOfKey, query, head * channels, scores, at);
        at += part.count();
      }
      float sum = lanes.exponentials(scores, count);
      at = 0;
      for (Tokens part : values) {
        part.mix(head / headsOfKey, scores, at, mixed, head * channels);
        at += part.count();
      }
      for (int c = head * channels; c < (head + 1) * channels; c++) {
        mixed[c] /= sum;
      }
    }
  }
}
