package org.trispike.vq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trispike.kernels.io.FloatArray;
import org.trispike.kernels.io.Half;

/** Trained numbers that others published; tests that need them are skipped without them. */
public final class RealData {
  private static final Pattern SHAPE = Pattern.compile("'shape': \\((\\d+), (\\d+)\\)");

  private RealData() {}

  /** CLIP's vectors of the names of a collection, each of length 1, [names, 512]. */
  public static FloatArray clip(String collection) throws IOException {
    ByteBuffer npy = bytes("clip/detic_text_emb/" + collection + "_clip_a+cname.npy");
    int headerLength = npy.getShort(8);
    String header = new String(npy.array(), 10, headerLength, StandardCharsets.US_ASCII);
    Matcher shape = SHAPE.matcher(header);
    assertThat(header).contains("'descr': '<f2'", "'fortran_order': False");
    assertThat(shape.find()).isTrue();
    int columns = Integer.parseInt(shape.group(2));
    float[] values = new float[Integer.parseInt(shape.group(1)) * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = Half.toFloat(npy.getShort(10 + headerLength + 2 * i));
    }
    return normalised(new FloatArray(new int[] {values.length / columns, columns}, values));
  }

  /**
   * The linear layers of a language model of 260,000 parameters (llama2.c's stories260K), all that
   * take 64 inputs, below each other.
   */
  public static FloatArray languageModel() throws IOException {
    ByteBuffer file = bytes("llm/stories260K/stories260K.bin");
    int width = file.getInt(0);
    int layers = file.getInt(8);
    int keyWidth = width / file.getInt(12) * file.getInt(16);
    int vocabulary = file.getInt(20);
    int attention = layers * width * (2 * width + 2 * keyWidth);
    int hidden = layers * width * file.getInt(4);
    float[] values = new float[attention + 2 * hidden];
    // Embeddings and a norm stand before, a norm and a layer of other inputs between.
    int at = 28 + 4 * (vocabulary * width + layers * width);
    for (int i = 0; i < values.length; i++) {
      int skipped = i < attention ? 0 : layers * width + (i < attention + hidden ? 0 : hidden);
      values[i] = file.getFloat(at + 4 * (i + skipped));
    }
    return new FloatArray(new int[] {values.length / width, width}, values);
  }

  private static ByteBuffer bytes(String name) throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(file(name))).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A published file; the test that asks is skipped without it. */
  public static Path file(String name) {
    String shared = System.getProperty("trispike.shared", "");
    Path file = Path.of(shared, name);
    assumeTrue(
        !shared.isEmpty() && Files.isRegularFile(file),
        "No " + name + " below the folder that -Dtrispike.shared names");
    return file;
  }

  /** Rows of length 1. */
  public static FloatArray normalised(FloatArray matrix) {
    int columns = matrix.shape()[1];
    float[] values = matrix.data().clone();
    for (int from = 0; from < values.length; from += columns) {
      double square = 0;
      for (int i = from; i < from + columns; i++) {
        square += (double) values[i] * values[i];
      }
      for (int i = from; i < from + columns; i++) {
        values[i] /= (float) Math.sqrt(square);
      }
    }
    return new FloatArray(matrix.shape().clone(), values);
  }
}
