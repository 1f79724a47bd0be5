package org.trispike.datasets.source;

import java.util.Objects;

/**
 * What belongs to a scan of KITTI.
 *
 * @param calibration the path of its calibration
 * @param labels the path of its labels, or "" for a frame of the test set
 */
public record KittiFrame(String calibration, String labels) implements Annotation {
  public KittiFrame {
    Objects.requireNonNull(calibration);
    Objects.requireNonNull(labels);
  }
}
