package org.trispike.jobs.inspect;

import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Source;
import org.trispike.datasets.format.event.EventReader;
import org.trispike.datasets.format.event.EventWindows;
import org.trispike.datasets.format.event.Events;
import org.trispike.datasets.geometry.PointCloud;

/** Recordings of event cameras: counts, a few frames over the recording, and a cloud of events. */
final class EventInspection {
  private static final int FRAMES = 6;
  private static final int CLOUD_EVENTS = 100_000;

  private final Inspection inspection;

  EventInspection(Inspection inspection) {
    this.inspection = inspection;
  }

  void run(Source source) throws CorruptInputException {
    show(EventReader.read(source), source.path().substring(source.path().lastIndexOf('/') + 1));
  }

  void show(Events events, String name) {
    long brighter = 0;
    for (byte polarity : events.polarity()) {
      brighter += polarity;
    }
    double seconds = events.durationMicros() * 1e-6;
    inspection.line(
        "%s: %d events in %.6f s (%.4g a second) of a sensor of %d × %d; %.1f %% brighter; %d"
            + " entries that are no events",
        name,
        events.size(),
        seconds,
        seconds == 0 ? 0 : events.size() / seconds,
        events.width(),
        events.height(),
        100.0 * brighter / events.size(),
        events.skipped());
    if (inspection.exports()) {
      long step = events.durationMicros() / FRAMES + 1;
      byte[][] frames = EventWindows.frames(events, events.micros()[0], step, FRAMES);
      for (int i = 0; i < FRAMES; i++) {
        inspection.picture(
            name + "-" + i, EventWindows.picture(frames[i], events.width(), events.height()));
      }
      Events first = events.slice(0, Math.min(events.size(), CLOUD_EVENTS));
      inspection.cloud(name, cloud(EventWindows.cloud(first)));
    }
  }

  /** Brighter events red, darker ones blue. */
  private static PointCloud cloud(float[] rows) {
    int events = rows.length / EventWindows.CLOUD_COLUMNS;
    float[] xyz = new float[3 * events];
    float[] rgb = new float[3 * events];
    for (int i = 0; i < events; i++) {
      System.arraycopy(rows, EventWindows.CLOUD_COLUMNS * i, xyz, 3 * i, 3);
      boolean brighter = rows[EventWindows.CLOUD_COLUMNS * i + 3] > 0;
      rgb[3 * i + (brighter ? 0 : 2)] = 1;
    }
    return new PointCloud(xyz, rgb);
  }
}
