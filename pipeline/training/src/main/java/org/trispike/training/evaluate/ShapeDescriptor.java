package org.trispike.training.evaluate;

import org.trispike.datasets.geometry.PointCloud;

/**
 * A cloud in {@link #SIZE} plain numbers: its proportions and its colours. What a nearest neighbour
 * on them reaches is the mark that a trained model has to beat; it learns nothing and knows no
 * details of form.
 *
 * <p>Proportions: the standard deviations along the vertical axis and along the two principal
 * horizontal axes, a histogram of heights and one of distances from the axis. Colours: mean and
 * standard deviation of each channel, and a histogram over 3 · 3 · 3 boxes. A turn about the
 * vertical axis changes nothing. Histograms are square roots of shares, so that Euclid's distance
 * of two is Hellinger's. O(points).
 */
public final class ShapeDescriptor {
  private static final int BINS = 10;
  private static final int LEVELS = 3;
  private static final int HEIGHTS = 3;
  private static final int RADII = HEIGHTS + BINS;
  private static final int MEANS = RADII + BINS;
  private static final int BOXES = MEANS + 6;

  /** Numbers of a descriptor. */
  public static final int SIZE = BOXES + LEVELS * LEVELS * LEVELS;

  private ShapeDescriptor() {}

  /** The descriptor of a cloud within the unit sphere, z up. */
  public static float[] of(PointCloud cloud) {
    double[] numbers = new double[SIZE];
    proportions(cloud, numbers);
    colours(cloud, numbers);
    float[] floats = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      boolean share = i >= HEIGHTS && i < MEANS || i >= BOXES;
      floats[i] = (float) (share ? Math.sqrt(numbers[i] / cloud.points()) : numbers[i]);
    }
    return floats;
  }

  private static void proportions(PointCloud cloud, double[] numbers) {
    float[] xyz = cloud.xyz();
    int points = cloud.points();
    double[] mean = mean(xyz);
    double xx = 0;
    double xy = 0;
    double yy = 0;
    double zz = 0;
    for (int i = 0; i < xyz.length; i += 3) {
      double x = xyz[i] - mean[0];
      double y = xyz[i + 1] - mean[1];
      double z = xyz[i + 2] - mean[2];
      xx += x * x / points;
      xy += x * y / points;
      yy += y * y / points;
      zz += z * z / points;
      numbers[HEIGHTS + bin((z + 1) / 2, BINS)]++;
      numbers[RADII + bin(Math.hypot(x, y), BINS)]++;
    }
    double middle = (xx + yy) / 2;
    double spread = Math.hypot((xx - yy) / 2, xy);
    numbers[0] = Math.sqrt(zz);
    numbers[1] = Math.sqrt(middle + spread);
    numbers[2] = Math.sqrt(Math.max(0, middle - spread));
  }

  private static void colours(PointCloud cloud, double[] numbers) {
    float[] rgb = cloud.rgb();
    double[] mean = mean(rgb);
    double[] square = new double[3];
    for (int i = 0; i < rgb.length; i += 3) {
      int box = 0;
      for (int channel = 0; channel < 3; channel++) {
        double difference = rgb[i + channel] - mean[channel];
        square[channel] += difference * difference / cloud.points();
        box = box * LEVELS + bin(rgb[i + channel], LEVELS);
      }
      numbers[BOXES + box]++;
    }
    for (int channel = 0; channel < 3; channel++) {
      numbers[MEANS + channel] = mean[channel];
      numbers[MEANS + 3 + channel] = Math.sqrt(square[channel]);
    }
  }

  private static double[] mean(float[] triples) {
    double[] mean = new double[3];
    for (int i = 0; i < triples.length; i++) {
      mean[i % 3] += triples[i];
    }
    for (int k = 0; k < 3; k++) {
      mean[k] /= triples.length / 3;
    }
    return mean;
  }

  private static int bin(double value, int bins) {
    return (int) Math.max(0, Math.min(bins - 1, Math.floor(value * bins)));
  }
}
