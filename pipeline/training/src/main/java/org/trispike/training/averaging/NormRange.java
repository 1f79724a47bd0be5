package org.trispike.training.averaging;

/**
 * The running statistics of one norm within a flat vector.
 *
 * @param mean position of the first channel's mean
 * @param variance position of the first channel's variance
 * @param channels that follow one after the other in both places
 */
public record NormRange(int mean, int variance, int channels) {
  public NormRange {
    if (mean < 0 || variance < 0 || channels < 1) {
      throw new IllegalArgumentException(
          "No norm has " + channels + " channels at " + mean + " and " + variance);
    }
  }

  NormRange shifted(int by) {
    return new NormRange(mean + by, variance + by, channels);
  }
}
