package org.trispike.training.align;

/**
 * What the loss of one mini-batch is made of; matrices are row-major. Behind the rows of the
 * samples, texts and images may have further ones: those of the bank, which have no points.
 *
 * @param samples B
 * @param width C, columns of the shared space
 * @param points [B, C] outputs of the encoder
 * @param texts [B + Mt, C] projected texts; rows without a text are not read
 * @param images [B + Mv, C] projected images; rows without an image are not read
 * @param hasText [B]
 * @param hasImage [B]
 * @param teacherTexts [B + Mt, d] the teacher's own vectors of the texts
 * @param teacherImages [B + Mv, d] the teacher's own vectors of the images
 */
@SuppressWarnings("ArrayRecordComponent") // made, read and dropped within one step
public record AlignmentBatch(
    int samples,
    int width,
    double[] points,
    double[] texts,
    double[] images,
    boolean[] hasText,
    boolean[] hasImage,
    double[] teacherTexts,
    double[] teacherImages) {
  public AlignmentBatch {
    if (points.length != samples * width
        || hasText.length != samples
        || hasImage.length != samples
        || !fits(texts, teacherTexts, samples, width)
        || !fits(images, teacherImages, samples, width)) {
      throw new IllegalArgumentException(
          "The arrays of the batch do not have " + samples + " rows of " + width);
    }
  }

  /** Whether both have the rows of the samples, and as many behind them. */
  private static boolean fits(double[] projected, double[] teacher, int samples, int width) {
    int rows = projected.length / width;
    return projected.length == rows * width
        && rows >= samples
        && (rows == 0 || teacher.length % rows == 0);
  }
}
