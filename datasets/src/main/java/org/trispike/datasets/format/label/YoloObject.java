package org.trispike.datasets.format.label;

import java.util.Objects;

/**
 * An object in YOLO's form.
 *
 * @param box around it, within the picture, with the name of its class
 * @param classId the number of its class
 * @param outline its polygon; empty where the file has a box
 */
public record YoloObject(Box2d box, int classId, Polygons outline) {
  public YoloObject {
    Objects.requireNonNull(box);
    Objects.requireNonNull(outline);
  }
}
