package org.trispike.datasets.source;

/**
 * The part of a recording that a label speaks of.
 *
 * @param fromMicros when it begins, in the time of the file
 * @param toMicros when it is over: the first microsecond that does not belong to it
 */
public record EventSpan(long fromMicros, long toMicros) implements Annotation {
  public EventSpan {
    if (toMicros <= fromMicros) {
      throw new IllegalArgumentException(
          "A span from " + fromMicros + " to " + toMicros + " us is empty");
    }
  }

  @Override
  public boolean part() {
    return true;
  }
}
