package org.trispike.datasets.format.event;

import java.util.List;
import org.trispike.kernels.PointBatch;

/**
 * Recordings as encoders of T time steps see them: each is cut into T windows of time ({@link
 * EventWindows#spanning}), and an event is a point of its window ({@link EventWindows#cloud}),
 * bright ones red and dark ones green. After SVL (section on events), which takes T = 6; it tells
 * neither how long its windows are nor what becomes of the polarity. With a colour for each of the
 * two, a voxel's mean colour is the share of either, and differs from that of a voxel without
 * events, which is black.
 *
 * <p>Time and memory are linear in the events: 28 bytes each. A voxel size of 2 / (the sensor's
 * longer side) makes a pixel a voxel; in time a window is half as many voxels as that side has.
 */
public final class EventClouds {
  private EventClouds() {}

  /**
   * One sample for each recording.
   *
   * @param recordings each with at least one event
   * @param windows T, of which a recording may leave some empty
   */
  public static PointBatch of(List<Events> recordings, int windows) {
    int[] offsets = new int[recordings.size() + 1];
    for (int r = 0; r < recordings.size(); r++) {
      int events = recordings.get(r).size();
      if (events == 0) {
        throw new IllegalArgumentException("Recording " + r + " has no events");
      }
      offsets[r + 1] = Math.addExact(offsets[r], events);
    }
    int points = offsets[recordings.size()];
    float[] xyz = new float[Math.multiplyExact(3, points)];
    float[] rgb = new float[xyz.length];
    int[] windowOf = new int[points];
    int point = 0;
    for (Events recording : recordings) {
      EventWindows cut = EventWindows.spanning(recording, windows);
      for (int window = 0; window < cut.count(); window++) {
        float[] cloud = cut.cloud(window);
        for (int at = 0; at < cloud.length; at += EventWindows.CLOUD_COLUMNS) {
          System.arraycopy(cloud, at, xyz, 3 * point, 3);
          rgb[3 * point] = cloud[at + 3];
          rgb[3 * point + 1] = 1 - cloud[at + 3];
          windowOf[point++] = window;
        }
      }
    }
    return new PointBatch(offsets, xyz, rgb, new PointBatch.Windows(windows, windowOf));
  }
}
