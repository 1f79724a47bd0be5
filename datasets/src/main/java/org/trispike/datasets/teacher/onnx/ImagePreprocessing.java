package org.trispike.datasets.teacher.onnx;

import java.awt.Dimension;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.List;
import java.util.Objects;
import org.trispike.datasets.format.Images;
import org.trispike.datasets.format.Resampling;

/**
 * Brings pictures to the form that a published image tower was trained on: resized, its centre cut
 * out, {@code (value · factor − mean) / deviation} of each channel.
 *
 * @param shortestEdge of the picture after resizing, which keeps its proportions; 0: it becomes
 *     {@code resized} whatever they were
 * @param resized ignored where there is a shortest edge
 * @param size of the centre that is cut out
 * @param factor on the bytes of the picture
 * @param means of red, green and blue
 * @param deviations of red, green and blue
 */
record ImagePreprocessing(
    int shortestEdge,
    Dimension resized,
    Resampling filter,
    Dimension size,
    double factor,
    List<Double> means,
    List<Double> deviations) {
  ImagePreprocessing {
    resized = new Dimension(resized);
    size = new Dimension(size);
    Objects.requireNonNull(filter);
    means = List.copyOf(means);
    deviations = List.copyOf(deviations);
  }

  /** Numbers that a picture becomes. */
  int numbers() {
    return 3 * size.width * size.height;
  }

  /** The picture as [3, height, width], planes red, green, blue. */
  float[] apply(BufferedImage image) {
    int[] rgb = ((DataBufferInt) centre(image).getRaster().getDataBuffer()).getData();
    float[] out = new float[numbers()];
    for (int channel = 0; channel < 3; channel++) {
      float[] values = values(channel);
      int shift = 16 - 8 * channel;
      for (int i = 0; i < rgb.length; i++) {
        out[channel * rgb.length + i] = values[rgb[i] >> shift & 255];
      }
    }
    return out;
  }

  private BufferedImage centre(BufferedImage image) {
    Dimension whole = shortestEdge > 0 ? proportional(image) : resized;
    Point corner = new Point((whole.width - size.width) / 2, (whole.height - size.height) / 2);
    return Images.resize(image, whole.width, whole.height, filter, new Rectangle(corner, size));
  }

  /** The longer edge is cut to whole pixels. */
  private Dimension proportional(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int shorter = Math.min(width, height);
    return new Dimension(
        Math.toIntExact((long) shortestEdge * width / shorter),
        Math.toIntExact((long) shortestEdge * height / shorter));
  }

  private float[] values(int channel) {
    float[] values = new float[256];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((i * factor - means.get(channel)) / deviations.get(channel));
    }
    return values;
  }
}
