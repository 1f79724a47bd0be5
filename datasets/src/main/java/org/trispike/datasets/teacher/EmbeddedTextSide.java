package org.trispike.datasets.teacher;

import java.util.OptionalLong;

/**
 * {@link TextEncoder} as a text side. Its cost is that of its linear maps and of attention: with N
 * tokens N · weights + layers · 2 · N² · width; looking words up costs nothing.
 */
final class EmbeddedTextSide implements TextSide {
  private static final long LAYERS = 6;
  private static final long WIDTH = 384;
  private static final long INNER = 1536;

  /** Query, key, value and output map, and the two maps of the feed-forward part. */
  private static final long WEIGHTS = LAYERS * (4 * WIDTH * WIDTH + 2 * WIDTH * INNER);

  @Override
  public String id() {
    return TextEncoder.shared().id();
  }

  @Override
  public int dimension() {
    return TextEncoder.DIMENSION;
  }

  @Override
  public float[] embed(String text) {
    return TextEncoder.shared().embed(text);
  }

  @Override
  public OptionalLong macs(String text) {
    long tokens = TextEncoder.shared().tokens(text);
    return OptionalLong.of(tokens * WEIGHTS + LAYERS * 2 * tokens * tokens * WIDTH);
  }

  @Override
  public OptionalLong tokens(String text) {
    return OptionalLong.of(TextEncoder.shared().tokens(text));
  }

  @Override
  public OptionalLong weights() {
    return OptionalLong.of(WEIGHTS);
  }
}
