package org.trispike.vq.lm;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.trispike.kernels.KeyedRandom;
import org.trispike.kernels.io.FloatArray;

/** Models that need no file. */
final class TinyLlama {
  /** The tokens of the fixture. */
  static final int[] TEXT = {1, 4, 9, 4, 10, 0, 7};

  /**
   * Logits behind the first and the last token of {@link #TEXT} for the model of {@link #bytes},
   * and the perplexity of the text: computed once with NumPy in float64, all positions at once with
   * a causal mask, rotations as complex numbers, keys repeated for their heads.
   */
  static final double[] FIRST = {
    -0.8536454,
    -0.8555648,
    -0.5920975,
    0.6485624,
    0.1718138,
    -0.3336148,
    -0.0154548,
    0.588172,
    -0.0084588,
    -0.5825376,
    0.3881324
  };

  static final double[] LAST = {
    -0.3141792,
    0.3819047,
    0.3170526,
    -0.9693393,
    -0.1626484,
    -0.6379971,
    0.1171366,
    -0.3372061,
    -0.0571665,
    -0.1197732,
    0.125017
  };

  static final double PERPLEXITY = 11.728341315371095;

  private TinyLlama() {}

  /**
   * A file of llama2.c with a classifier of its own: width 16, hidden 24, 2 layers, 4 heads on 2
   * key heads, 11 tokens, context 8. Float i, counted through the file, is 0.6 sin(0.1 i²).
   */
  static byte[] bytes() {
    int floats = 4304;
    ByteBuffer file = ByteBuffer.allocate(28 + 4 * floats).order(ByteOrder.LITTLE_ENDIAN);
    for (int size : new int[] {16, 24, 2, 4, 2, -11, 8}) {
      file.putInt(size);
    }
    for (int i = 0; i < floats; i++) {
      file.putFloat((float) (0.6 * Math.sin(0.1 * ((double) i * i))));
    }
    return file.array();
  }

  static LlamaWeights fixture() throws IOException {
    byte[] bytes = bytes();
    return Llama2cFile.read(new ByteArrayInputStream(bytes), bytes.length, "tiny.bin");
  }

  /** Drawn weights: 4 heads of 16 on 2 key heads, 40 tokens, a classifier that is the embedding. */
  static LlamaWeights drawn(int context) {
    LlamaConfig config = new LlamaConfig(64, 96, 2, 4, 2, 40, context, 10_000, 1e-5f);
    KeyedRandom random = KeyedRandom.of(11);
    FloatArray embedding = matrix(random, config.vocabulary(), config.width(), 1);
    List<LayerWeights> layers = new ArrayList<>();
    for (int layer = 0; layer < config.layers(); layer++) {
      layers.add(
          new LayerWeights(
              ones(config.width()),
              matrix(random, config.width(), config.width(), 2),
              matrix(random, config.keyWidth(), config.width(), 2),
              matrix(random, config.keyWidth(), config.width(), 1),
              matrix(random, config.width(), config.width(), 1),
              ones(config.width()),
              matrix(random, config.hidden(), config.width(), 1),
              matrix(random, config.hidden(), config.width(), 1),
              matrix(random, config.width(), config.hidden(), 1)));
    }
    return new LlamaWeights(config, embedding, layers, ones(config.width()), embedding);
  }

  private static FloatArray ones(int size) {
    float[] ones = new float[size];
    Arrays.fill(ones, 1);
    return FloatArray.vector(ones);
  }

  private static FloatArray matrix(KeyedRandom random, int rows, int columns, double gain) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (gain * random.nextGaussian() / Math.sqrt(columns));
    }
    return new FloatArray(new int[] {rows, columns}, values);
  }
}
