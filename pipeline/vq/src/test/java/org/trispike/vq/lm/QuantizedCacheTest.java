package org.trispike.vq.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.Matrices;
import org.trispike.vq.TrainedCodebooks;

class QuantizedCacheTest {
  private static final int KEY_HEADS = 2;
  private static final int HEADS = 4;

  /** Entries of gaussian numbers, [groups, 1, entries, length]. */
  private static TrainedCodebooks codebooks(long key, int channels, int entries, int length) {
    int groups = KEY_HEADS * channels / length;
    FloatArray flat = Matrices.gaussian(key, groups * entries, length);
    return new TrainedCodebooks(
        new FloatArray(new int[] {groups, 1, entries, length}, flat.data()));
  }

  private static QuantizedCache cache(
      TrainedCodebooks keys, TrainedCodebooks values, int channels, int window, Lanes lanes) {
    return new QuantizedCache(
        lanes,
        new ChannelCodebooks(keys),
        new ChannelCodebooks(values),
        HEADS,
        KEY_HEADS,
        channels,
        window);
  }

  /**
   * In double precision: tokens that left the window are replaced by their nearest entries, found
   * by trying all, and then attended to as they are. 1,100 tokens are more than one block; heads of
   * 8 channels have fewer groups than are looked up together.
   */
  @ParameterizedTest
  @CsvSource({
    "16, 256, 4, 10, 37, false",
    "16, 256, 4, 10, 37, true",
    "16, 256, 2, 1, 50, true",
    "8, 256, 4, 5, 1100, true",
    "64, 64, 2, 32, 200, true",
    "8, 16, 1, 7, 60, true",
    "24, 16, 4, 8, 30, true"
  })
  void attentionIsThatOfDequantizedTokens(
      int channels, int entries, int length, int window, int tokens, boolean vector) {
    TrainedCodebooks keyBooks = codebooks(1, channels, entries, length);
    TrainedCodebooks valueBooks = codebooks(2, channels, entries, length);
    QuantizedCache cache =
        cache(keyBooks, valueBooks, channels, window, vector ? Lanes.fastest() : new ScalarLanes());
    float[][] keys = new float[tokens][];
    float[][] values = new float[tokens][];
    for (int t = 0; t < tokens; t++) {
      keys[t] = Matrices.gaussian(100 + t, 1, KEY_HEADS * channels).data();
      values[t] = Matrices.gaussian(9000 + t, 1, KEY_HEADS * channels).data();
      cache.append(keys[t], values[t]);
    }
    float[] queries = Matrices.gaussian(3, 1, HEADS * channels).data();
    float[] mixed = new float[queries.length];
    cache.attend(queries, mixed);
    for (int t = 0; t < tokens - window; t++) {
      keys[t] = nearest(keyBooks, keys[t]);
      values[t] = nearest(valueBooks, values[t]);
    }
    double[] expected = attention(queries, keys, values, channels);
    for (int i = 0; i < mixed.length; i++) {
      assertThat((double) mixed[i]).isCloseTo(expected[i], within(1e-5));
    }
  }

  private static float[] nearest(TrainedCodebooks books, float[] token) {
    float[] result = new float[token.length];
    int length = books.vectorLength();
    for (int group = 0; group < books.count(); group++) {
      float[] table = books.table(group, 0);
      double least = Double.POSITIVE_INFINITY;
      for (int entry = 0; entry < books.entries(); entry++) {
        double distance = 0;
        for (int d = 0; d < length; d++) {
          distance += Math.pow((double) token[group * length + d] - table[entry * length + d], 2);
        }
        if (distance < least) {
          least = distance;
          System.arraycopy(table, entry * length, result, group * length, length);
        }
      }
    }
    return result;
  }

  private static double[] attention(
      float[] queries, float[][] keys, float[][] values, int channels) {
    double[] mixed = new double[queries.length];
    for (int head = 0; head < HEADS; head++) {
      int at = head / (HEADS / KEY_HEADS) * channels;
      double[] shares = new double[keys.length];
      double sum = 0;
      for (int t = 0; t < keys.length; t++) {
        double score = 0;
        for (int c = 0; c < channels; c++) {
          score += (double) queries[head * channels + c] * keys[t][at + c];
        }
        shares[t] = Math.exp(score / Math.sqrt(channels));
        sum += shares[t];
      }
      for (int t = 0; t < keys.length; t++) {
        for (int c = 0; c < channels; c++) {
          mixed[head * channels + c] += shares[t] / sum * values[t][at + c];
        }
      }
    }
    return mixed;
  }

  @Test
  void nothingIsLostWhileAllIsInTheWindow() {
    QuantizedCache cache =
        cache(codebooks(1, 16, 256, 4), codebooks(2, 16, 256, 4), 16, 80, Lanes.fastest());
    DenseCache plain = new DenseCache(Lanes.fastest(), HEADS, KEY_HEADS, 16);
    float[] queries = Matrices.gaussian(3, 1, HEADS * 16).data();
    float[] mixed = new float[queries.length];
    float[] expected = new float[queries.length];
    for (int t = 0; t < 81; t++) {
      float[] key = Matrices.gaussian(10 + t, 1, KEY_HEADS * 16).data();
      float[] value = Matrices.gaussian(200 + t, 1, KEY_HEADS * 16).data();
      cache.append(key, value);
      plain.append(key, value);
      cache.attend(queries, mixed);
      plain.attend(queries, expected);
      if (t < 80) {
        assertThat(mixed).containsExactly(expected);
        assertThat(cache.bytes()).isEqualTo(plain.bytes());
      } else {
        assertThat(mixed).isNotEqualTo(expected);
      }
    }
    // 80 tokens of 2 x 32 floats, and one of 2 x 8 codes.
    assertThat(cache.bytes()).isEqualTo(80 * 2 * 32 * 4 + 2 * 8);
  }

  @Test
  void aWindowHoldsAToken() {
    TrainedCodebooks books = codebooks(1, 16, 16, 4);
    assertThatThrownBy(() -> cache(books, books, 16, 0, Lanes.fastest()))
        .hasMessage("A window of 0 has no room for a token");
  }
}
