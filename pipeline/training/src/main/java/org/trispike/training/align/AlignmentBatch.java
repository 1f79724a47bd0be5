package org.trispike.training.align;

/**
 * What the loss of one mini-batch is made of; matrices are row-major.
 *
 * @param samples B
 * @param width C, columns of the shared space
 * @param points [B, C] outputs of the encoder
 * @param texts [B, C] projected texts; rows without a text are not read
 * @param images [B, C] projected images; rows without an image are not read
 * @param hasText [B]
 * @param hasImage [B]
 * @param teacherTexts [B, dT] the teacher's own vectors of the texts
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
    double[] teacherTexts) {
  public AlignmentBatch {
    if (points.length != samples * width
        || texts.length != points.length
        || images.length != points.length
        || hasText.length != samples
        || hasImage.length != samples
        || (samples > 0 && teacherTexts.length % samples != 0)) {
      throw new IllegalArgumentException(
          "The arrays of the batch do not have " + samples + " rows of " + width);
    }
  }

  int teacherWidth() {
    return samples == 0 ? 0 : teacherTexts.length / samples;
  }
}
