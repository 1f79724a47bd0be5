package org.trispike.datasets.teacher.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.trispike.datasets.format.Images;
import org.trispike.kernels.io.Sha256;

/** Encoded pictures as [pictures, 3, height, width]. */
final class PictureInputs implements Inputs<byte[]> {
  private final String pixels;
  private final ImagePreprocessing preprocessing;

  PictureInputs(Ports ports, ImagePreprocessing preprocessing, int batchSize) {
    this.pixels = ports.pixels();
    this.preprocessing = preprocessing;
    ports.requireSize(pixels, 0, batchSize, "teacher.clip.batch-size");
    ports.requireSize(pixels, 1, 3, "red, green and blue");
    String setting = Part.PREPROCESSOR.setting();
    ports.requireSize(pixels, 2, preprocessing.size().height, setting);
    ports.requireSize(pixels, 3, preprocessing.size().width, setting);
  }

  @Override
  public Map<String, OnnxTensor> of(List<byte[]> batch) throws OrtException {
    FloatBuffer values = FloatBuffer.allocate(batch.size() * preprocessing.numbers());
    for (byte[] picture : batch) {
      values.put(preprocessing.apply(Images.decodeAgain(picture)));
    }
    long[] shape = {batch.size(), 3, preprocessing.size().height, preprocessing.size().width};
    return Map.of(
        pixels, OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), values.flip(), shape));
  }

  @Override
  public byte[] sample() {
    return Images.png(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB));
  }

  @Override
  public String name(byte[] picture) {
    return "the picture whose SHA-256 is " + Sha256.of(picture);
  }

  @Override
  public void close() {}
}
