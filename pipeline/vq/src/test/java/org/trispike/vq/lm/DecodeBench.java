package org.trispike.vq.lm;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.trispike.kernels.Computes;
import org.trispike.kernels.KeyedRandom;
import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.TrainedCodebooks;
import org.trispike.vq.VqConfig;
import org.trispike.vq.VqConfigs;
import org.trispike.vq.train.Quantizer;
import org.trispike.vq.train.QuantizerOptions;

/**
 * Times of attention of one new token of 8 heads over a long cache, on one core: codes beside
 * float32 with the Vector API, medians of paired runs, with the error of the result beside. Softmax
 * is the same for both. Codes are those of codebooks that were trained on a part of the tokens.
 *
 * <p>{@code java --add-modules jdk.incubator.vector … org.trispike.vq.lm.DecodeBench [channels …]}
 */
final class DecodeBench {
  private static final int HEADS = 8;
  private static final int[] CHANNELS = {64, 128};

  /** Directions along which the channels of a head vary together. */
  private static final int RANK = 16;

  private static final int TRAINED_ON = 4096;
  private static final int RUNS = 15;
  private static final int QUERIES = 8;

  private DecodeBench() {}

  public static void main(String[] args) {
    System.out.println(Lanes.fastest().description());
    int[] widths =
        args.length > 0 ? Arrays.stream(args).mapToInt(Integer::parseInt).toArray() : CHANNELS;
    for (int channels : widths) {
      for (VqConfig codes : new VqConfig[] {VqConfigs.CQ_4, VqConfigs.CQ_2}) {
        new Case(codes, channels).run();
      }
    }
  }

  private static final class Case {
    private final VqConfig codes;
    private final int channels;
    private final Lanes lanes = Lanes.fastest();
    private final KeyedRandom random;
    private final float[] mixing;
    private final DenseTokens denseKeys;
    private final DenseTokens denseValues;
    private final CodedTokens codedKeys;
    private final CodedTokens codedValues;
    private final Attention attention;
    private int tokens;

    Case(VqConfig codes, int channels) {
      this.codes = codes;
      this.channels = channels;
      this.random = KeyedRandom.of(channels);
      this.mixing = new float[HEADS * channels * RANK];
      for (int i = 0; i < mixing.length; i++) {
        mixing[i] = (float) random.nextGaussian();
      }
      ChannelCodebooks codebooks = codebooks();
      this.denseKeys = new DenseTokens(lanes, HEADS, channels);
      this.denseValues = new DenseTokens(lanes, HEADS, channels);
      this.codedKeys = new CodedTokens(lanes, codebooks, channels);
      this.codedValues = new CodedTokens(lanes, codebooks, channels);
      this.attention = new Attention(lanes, HEADS, HEADS, channels);
    }

    private ChannelCodebooks codebooks() {
      int width = HEADS * channels;
      float[] rows = new float[TRAINED_ON * width];
      for (int t = 0; t < TRAINED_ON; t++) {
        System.arraycopy(token(), 0, rows, t * width, width);
      }
      Quantizer quantizer = new Quantizer(Computes.cpu(1), new QuantizerOptions(1, 1, 4, 0, 16));
      return new ChannelCodebooks(
          (TrainedCodebooks)
              quantizer
                  .quantize(new FloatArray(new int[] {TRAINED_ON, width}, rows), codes)
                  .codebooks());
    }

    /** Channels of a head follow a few directions, with noise on each. */
    private float[] token() {
      float[] token = new float[HEADS * channels];
      float[] latent = new float[RANK];
      for (int c = 0; c < token.length; c++) {
        if (c % channels == 0) {
          for (int r = 0; r < RANK; r++) {
            latent[r] = (float) (random.nextGaussian() / Math.sqrt(RANK));
          }
        }
        token[c] = lanes.dot(mixing, c * RANK, latent, 0, RANK) + 0.3f * random.uniform(-1, 1);
      }
      return token;
    }

    void run() {
      for (int length : new int[] {8192, 32_768}) {
        while (tokens < length) {
          float[] key = token();
          float[] value = token();
          denseKeys.set(tokens, key);
          denseValues.set(tokens, value);
          codedKeys.append(key);
          codedValues.append(value);
          tokens++;
        }
        time();
      }
    }

    private void time() {
      float[] query = token();
      float[] exact = new float[query.length];
      float[] coded = new float[query.length];
      float[] scores = new float[tokens];
      Runnable[] tasks = {
        () -> attendDense(query, exact),
        () -> attendCoded(query, coded),
        () -> scores(denseKeys, query, scores),
        () -> scores(codedKeys, query, scores),
        () -> mix(denseValues, scores, exact),
        () -> mix(codedValues, scores, coded)
      };
      double[][] times = new double[tasks.length][RUNS];
      for (int run = -RUNS; run < RUNS; run++) {
        for (int task = 0; task < tasks.length; task++) {
          long start = System.nanoTime();
          tasks[task].run();
          // Runs of negative number warm the compiler up.
          times[task][Math.max(run, 0)] = 1e-6 * (System.nanoTime() - start);
        }
      }
      double[] ms = Arrays.stream(times).mapToDouble(Case::median).toArray();
      System.out.printf(
          Locale.ROOT,
          "| %s | %d | %d | %.1f | %.1f | %.2f / %.2f | %.2f / %.2f | %.2f / %.2f | %.2f | %.3f"
              + " |%n",
          codes.name(),
          channels,
          tokens,
          (denseKeys.bytes() + denseValues.bytes()) / 1e6,
          (codedKeys.bytes() + codedValues.bytes()) / 1e6,
          ms[2],
          ms[3],
          ms[4],
          ms[5],
          ms[0],
          ms[1],
          ms[0] / ms[1],
          relativeError());
    }

    private void scores(Tokens keys, float[] query, float[] scores) {
      for (int head = 0; head < HEADS; head++) {
        keys.scores(head, query, head * channels, scores, 0);
      }
    }

    private void mix(Tokens values, float[] shares, float[] mixed) {
      for (int head = 0; head < HEADS; head++) {
        values.mix(head, shares, 0, mixed, head * channels);
      }
    }

    private void attendDense(float[] query, float[] mixed) {
      attention.attend(query, List.of(denseKeys), List.of(denseValues), mixed);
    }

    private void attendCoded(float[] query, float[] mixed) {
      attention.attend(query, List.of(codedKeys), List.of(codedValues), mixed);
    }

    /** Root of the mean square of the difference, over that of the exact results. */
    private double relativeError() {
      double error = 0;
      double norm = 0;
      float[] exact = new float[HEADS * channels];
      float[] coded = new float[HEADS * channels];
      for (int i = 0; i < QUERIES; i++) {
        float[] query = token();
        attendDense(query, exact);
        attendCoded(query, coded);
        for (int c = 0; c < exact.length; c++) {
          error += Math.pow(exact[c] - coded[c], 2);
          norm += Math.pow(exact[c], 2);
        }
      }
      return Math.sqrt(error / norm);
    }

    private static double median(double[] times) {
      double[] sorted = times.clone();
      Arrays.sort(sorted);
      return sorted[sorted.length / 2];
    }
  }
}
