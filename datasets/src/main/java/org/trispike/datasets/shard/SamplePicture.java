package org.trispike.datasets.shard;

import java.awt.image.BufferedImage;
import org.trispike.datasets.format.Images;
import org.trispike.datasets.format.event.EventWindows;
import org.trispike.datasets.format.event.Events;
import org.trispike.datasets.geometry.ViewRenderer;
import org.trispike.datasets.row.EncodedImage;
import org.trispike.datasets.row.Picture;
import org.trispike.datasets.row.Recording;
import org.trispike.datasets.row.Row;
import org.trispike.datasets.row.Scene;
import org.trispike.datasets.row.Triplet;

/** What a row looks like. */
final class SamplePicture {
  private static final int SIZE = 224;

  /** Metres around the lidar that are drawn. */
  private static final float REACH = 40;

  private SamplePicture() {}

  static EncodedImage of(Row row) {
    if (row instanceof Triplet triplet) {
      return triplet.images().isEmpty()
          ? png(row, ViewRenderer.render(triplet.points(), 1, SIZE).get(0))
          : triplet.images().get(0);
    } else if (row instanceof Recording recording) {
      return png(row, frame(recording.events()));
    } else if (row instanceof Scene scene) {
      return png(row, fromAbove(scene));
    }
    return ((Picture) row).image();
  }

  private static EncodedImage png(Row row, BufferedImage image) {
    return new EncodedImage(row.source(), Images.png(image));
  }

  /** The middle of a recording: a twentieth of its time, but no more than 50 ms. */
  private static BufferedImage frame(Events events) {
    long step = Math.max(1, Math.min(50_000, events.durationMicros() / 20));
    long start = events.micros()[0] + Math.max(0, events.durationMicros() - step) / 2;
    byte[] pixels = EventWindows.frames(events, start, step, 1)[0];
    return EventWindows.picture(pixels, events.width(), events.height());
  }

  /** Points as seen from above, ahead upwards; those in boxes red. */
  private static BufferedImage fromAbove(Scene scene) {
    BufferedImage image = new BufferedImage(2 * SIZE, 2 * SIZE, BufferedImage.TYPE_INT_RGB);
    float[] xyzi = scene.points().xyzi();
    for (int i = 0; i < xyzi.length; i += 4) {
      float x = xyzi[i];
      float y = xyzi[i + 1];
      float z = xyzi[i + 2];
      int column = Math.round(SIZE - y / REACH * SIZE);
      int line = Math.round(SIZE - x / REACH * SIZE);
      if (column >= 0 && column < 2 * SIZE && line >= 0 && line < 2 * SIZE) {
        boolean boxed = scene.boxes().stream().anyMatch(box -> box.contains(x, y, z));
        image.setRGB(column, line, boxed ? 0xFF4040 : 0xC0C0C0);
      }
    }
    return image;
  }
}
