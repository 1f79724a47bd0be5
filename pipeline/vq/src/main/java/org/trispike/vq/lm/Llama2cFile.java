package org.trispike.vq.lm;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.trispike.kernels.io.FloatArray;
import org.trispike.kernels.io.MalformedFileException;
import org.trispike.kernels.io.MalformedFileException.Reason;

/**
 * Reads weights in the first format of llama2.c (github.com/karpathy/llama2.c): seven int32 (width,
 * hidden, layers, heads, key heads, vocabulary, context; all little-endian), then float32, kind
 * after kind with all layers of a kind together, two tables of rotary angles, which are computed
 * here instead, and a classifier if the vocabulary is written as a negative number.
 *
 * <p>The header gives the file's length exactly, which is checked before anything is allocated.
 */
public final class Llama2cFile {
  private static final int HEADER_BYTES = 28;
  private static final int CHUNK = 1 << 16;
  private static final double ROPE_BASE = 10_000;
  private static final float EPSILON = 1e-5f;

  private final InputStream in;
  private final String source;
  private final byte[] chunk = new byte[CHUNK];

  private Llama2cFile(InputStream in, String source) {
    this.in = in;
    this.source = source;
  }

  /** Reads a file; throws {@link MalformedFileException}, naming it, if it is none. */
  public static LlamaWeights read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, Files.size(file), file.toString());
    }
  }

  /**
   * Reads a stream to its end.
   *
   * @param length bytes that the stream has, as its file system knows
   * @param source what messages call it
   */
  static LlamaWeights read(InputStream stream, long length, String source) throws IOException {
    return new Llama2cFile(new BufferedInputStream(stream, CHUNK), source).weights(length);
  }

  private LlamaWeights weights(long length) throws IOException {
    byte[] bytes = new byte[HEADER_BYTES];
    fill(bytes, HEADER_BYTES);
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    boolean shared = header.getInt(20) > 0;
    LlamaConfig config = config(header);
    checkLength(config, shared, length);
    int width = config.width();
    int keyWidth = config.keyWidth();
    int hidden = config.hidden();
    FloatArray embedding = matrix(config.vocabulary(), width);
    List<FloatArray> attentionNorms = vectors(config);
    List<FloatArray> queries = matrices(config, width, width);
    List<FloatArray> keys = matrices(config, keyWidth, width);
    List<FloatArray> values = matrices(config, keyWidth, width);
    List<FloatArray> outputs = matrices(config, width, width);
    List<FloatArray> feedNorms = vectors(config);
    List<FloatArray> gates = matrices(config, hidden, width);
    List<FloatArray> downs = matrices(config, width, hidden);
    List<FloatArray> ups = matrices(config, hidden, width);
    FloatArray finalNorm = FloatArray.vector(floats(width));
    in.skipNBytes(angleBytes(config));
    FloatArray classifier = shared ? embedding : matrix(config.vocabulary(), width);
    List<LayerWeights> layers = new ArrayList<>();
    for (int i = 0; i < config.layers(); i++) {
      layers.add(
          new LayerWeights(
              attentionNorms.get(i),
              queries.get(i),
              keys.get(i),
              values.get(i),
              outputs.get(i),
              feedNorms.get(i),
              gates.get(i),
              ups.get(i),
              downs.get(i)));
    }
    return new LlamaWeights(config, embedding, layers, finalNorm, classifier);
  }

  private LlamaConfig config(ByteBuffer header) throws MalformedFileException {
    try {
      return new LlamaConfig(
          header.getInt(0),
          header.getInt(4),
          header.getInt(8),
          header.getInt(12),
          header.getInt(16),
          Math.absExact(header.getInt(20)),
          header.getInt(24),
          ROPE_BASE,
          EPSILON);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new MalformedFileException(source, Reason.BAD_HEADER, "header: " + e.getMessage());
    }
  }

  private void checkLength(LlamaConfig config, boolean shared, long length)
      throws MalformedFileException {
    // A layer's floats stay below 2^35 and an array's below 2^31; only the layers can overflow.
    long width = config.width();
    long layer = 2 * width + 2 * width * (width + config.keyWidth()) + 3 * width * config.hidden();
    long table = width * config.vocabulary();
    long expected;
    try {
      long floats = Math.multiplyExact(layer, config.layers()) + (shared ? 1 : 2) * table + width;
      expected = Math.multiplyExact(floats, 4L) + angleBytes(config) + HEADER_BYTES;
    } catch (ArithmeticException e) {
      expected = Long.MAX_VALUE;
    }
    if (length != expected) {
      throw new MalformedFileException(
          source,
          length < expected ? Reason.TRUNCATED : Reason.HOLE,
          "has " + length + " bytes, not the " + expected + " of its header " + config);
    }
  }

  private static long angleBytes(LlamaConfig config) {
    return 4L * config.context() * config.headWidth();
  }

  private List<FloatArray> vectors(LlamaConfig config) throws IOException {
    List<FloatArray> vectors = new ArrayList<>();
    for (int layer = 0; layer < config.layers(); layer++) {
      vectors.add(FloatArray.vector(floats(config.width())));
    }
    return vectors;
  }

  private List<FloatArray> matrices(LlamaConfig config, int rows, int columns) throws IOException {
    List<FloatArray> matrices = new ArrayList<>();
    for (int layer = 0; layer < config.layers(); layer++) {
      matrices.add(matrix(rows, columns));
    }
    return matrices;
  }

  private FloatArray matrix(int rows, int columns) throws IOException {
    return new FloatArray(new int[] {rows, columns}, floats(rows * columns));
  }

  private float[] floats(int count) throws IOException {
    float[] floats = new float[count];
    for (int from = 0; from < count; from += CHUNK / 4) {
      int part = Math.min(CHUNK / 4, count - from);
      fill(chunk, 4 * part);
      ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats, from, part);
    }
    return floats;
  }

  private void fill(byte[] bytes, int count) throws IOException {
    if (in.readNBytes(bytes, 0, count) < count) {
      throw new MalformedFileException(
          source, Reason.TRUNCATED, "ends inside its header or weights");
    }
  }
}
