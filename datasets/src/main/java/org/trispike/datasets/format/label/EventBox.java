package org.trispike.datasets.format.label;

import java.io.Serializable;
import java.util.Objects;

/**
 * A box in a recording of an event camera.
 *
 * @param micros when, in the recording's own time
 * @param box where; it may reach beyond the sensor
 * @param classId the number of its class
 * @param confidence of whoever labelled it, 0..1
 * @param trackId the same for one object as long as it is seen
 */
public record EventBox(long micros, Box2d box, int classId, double confidence, long trackId)
    implements Serializable {
  public EventBox {
    Objects.requireNonNull(box);
    if (micros < 0) {
      throw new IllegalArgumentException("A box is at " + micros + " µs");
    }
  }
}
