package org.trispike.datasets.source;

import java.util.List;
import org.trispike.datasets.format.label.EventBox;

/**
 * A moment of a recording that has boxes, to be told from the events before it.
 *
 * @param micros when, in the time of the file
 * @param boxes around what is to be seen
 */
public record EventMoment(long micros, List<EventBox> boxes) implements Annotation {
  public EventMoment {
    boxes = List.copyOf(boxes);
  }

  @Override
  public boolean part() {
    return true;
  }
}
