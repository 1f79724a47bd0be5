package org.trispike.training.draw;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
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
 * @param bankText [Mt, d] texts of the bank: negatives of all samples
 * @param bankImage [Mv, d] images of the bank
 */
@SuppressWarnings("ArrayRecordComponent") // made, read and dropped within one step
public record Minibatch(
    PointBatch points,
    float[] text,
    float[] image,
    float[] has,
    float[] bankText,
    float[] bankImage) {

  /** Without a bank. */
  public Minibatch(PointBatch points, float[] text, float[] image, float[] has) {
    this(points, text, image, has, new float[0], new float[0]);
  }

  /**
   * The inputs of the graph: meta, points, offsets, text, image, the bank's rows behind the
   * samples'; the label is a dummy.
   */
  public MultiDataSet toMultiDataSet() {
    int samples = points.samples();
    int width = text.length / samples;
    INDArray[] features = {
      Nd4j.create(has, new int[] {samples, 2}),
      Nd4j.create(points.features(), new int[] {points.points(), 6}),
      Nd4j.createFromArray(points.offsets()),
      rows(text, bankText, width),
      rows(image, bankImage, width)
    };
    return new org.nd4j.linalg.dataset.MultiDataSet(
        features, new INDArray[] {Nd4j.zeros(samples, 1)});
  }

  private static INDArray rows(float[] samples, float[] bank, int width) {
    float[] all = Arrays.copyOf(samples, samples.length + bank.length);
    System.arraycopy(bank, 0, all, samples.length, bank.length);
    return Nd4j.create(all, new int[] {all.length / width, width});
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

    /**
     * @param bank rows that are none of the samples
     */
    Minibatch build(List<BankRow> bank) {
      return new Minibatch(
          points(samples),
          text,
          image,
          has,
          joined(bank, BankRow::text),
          joined(bank, BankRow::image));
    }

    private float[] joined(List<BankRow> bank, Function<BankRow, float[]> vector) {
      List<float[]> vectors = bank.stream().map(vector).filter(Objects::nonNull).toList();
      float[] all = new float[vectors.size() * width];
      for (int i = 0; i < vectors.size(); i++) {
        System.arraycopy(vectors.get(i), 0, all, i * width, width);
      }
      return all;
    }
  }

  /** The clouds of samples, one after the other. */
  static PointBatch points(List<Sample> samples) {
    return PointBatch.of(
        samples.stream().map(Sample::xyz).toList(), samples.stream().map(Sample::rgb).toList());
  }
}
