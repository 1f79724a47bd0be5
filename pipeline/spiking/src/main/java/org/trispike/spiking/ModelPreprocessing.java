package org.trispike.spiking;

/**
 * How a shape becomes the points that a model was trained on.
 *
 * @param points sampled from a surface, or drawn from a cloud
 * @param normalise whether clouds are centred on their mean and scaled to the unit sphere
 * @param upAxis {@code auto}, {@code y} or {@code z}: which axis of the input points up
 * @param colourFill grey value, 0..1, of points without colour
 * @param rotations views about the vertical axis whose results are averaged, 1 for none
 */
public record ModelPreprocessing(
    int points, boolean normalise, String upAxis, float colourFill, int rotations) {
  public ModelPreprocessing {
    if (points < 1) {
      throw new IllegalArgumentException("Points " + points + " are not positive");
    }
    if (!upAxis.equals("auto") && !upAxis.equals("y") && !upAxis.equals("z")) {
      throw new IllegalArgumentException("Up axis " + upAxis + " is not auto, y or z");
    }
    if (!(colourFill >= 0 && colourFill <= 1)) {
      throw new IllegalArgumentException("Colour fill " + colourFill + " is outside 0..1");
    }
    if (rotations < 1) {
      throw new IllegalArgumentException("Rotations " + rotations + " are not positive");
    }
  }
}
