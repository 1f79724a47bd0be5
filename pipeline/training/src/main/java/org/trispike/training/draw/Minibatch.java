package org.trispike.training.draw;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.trispike.kernels.PointBatch;

/**
 * Samples of one step, ragged.
 *
 * @param points the clouds
 * @param text [B, d] the teacher's vectors of the captions; rows of zeros where there is none
 * @param image [B, d] of the pictures
 * @param has [B, 2] 1 where a sample has a text, an image
 */
@SuppressWarnings("ArrayRecordComponent") // made, read and dropped within one step
public record Minibatch(PointBatch points, float[] text, float[] image, float[] has) {

  /** The inputs of the graph: meta, points, offsets, text, image; the label is a dummy. */
  public MultiDataSet toMultiDataSet() {
    int samples = points.samples();
    int width = text.length / samples;
    INDArray[] features = {
      Nd4j.create(has, new int[] {samples, 2}),
      Nd4j.create(points.features(), new int[] {points.points(), 6}),
      Nd4j.createFromArray(points.offsets()),
      Nd4j.create(text, new int[] {samples, width}),
      Nd4j.create(image, new int[] {samples, width})
    };
    return new org.nd4j.linalg.dataset.MultiDataSet(
        features, new INDArray[] {Nd4j.zeros(samples, 1)});
  }

  /** Puts samples one after the other. */
  static final class Builder {
    private final List<Sample> samples = new ArrayList<>();
    private final float[] text;
    private final float[] image;
    private final float[] has;
    private final int width;

    Builder(int count, int width) {
      this.width = width;
      text = new float[count * width];
      image = new float[count * width];
      has = new float[2 * count];
    }

    void add(Sample sample) {
      int i = samples.size();
      put(sample.text(), text, i, 0);
      put(sample.image(), image, i, 1);
      samples.add(sample);
    }

    private void put(float[] vector, float[] rows, int i, int which) {
      if (vector != null) {
        System.arraycopy(vector, 0, rows, i * width, width);
        has[2 * i + which] = 1;
      }
    }

    Minibatch build() {
      return new Minibatch(points(samples), text, image, has);
    }
  }

  /** The clouds of samples, one after the other. */
  static PointBatch points(List<Sample> samples) {
    return PointBatch.of(
        samples.stream().map(Sample::xyz).toList(), samples.stream().map(Sample::rgb).toList());
  }
}
