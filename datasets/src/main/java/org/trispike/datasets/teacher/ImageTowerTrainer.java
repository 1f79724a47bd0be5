package org.trispike.datasets.teacher;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.CycleSchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.trispike.datasets.Progress;
import org.trispike.kernels.KeyedPermutation;
import org.trispike.kernels.KeyedRandom;

/**
 * Tunes the image tower to the text side: locked-text tuning (LiT, Zhai et al., 2022), with {@link
 * InfoNceLoss} and DL4J's own layers. An epoch shows one picture of each shape, with one of its
 * texts; draws are keyed by (seed, epoch). The same machine and number of threads repeat it; across
 * machines oneDNN may round differently, and the limit of time may end it after another epoch.
 */
final class ImageTowerTrainer {
  private static final int[] CHANNELS = {32, 64, 128, 256};
  private static final double BATCH_NORM_EPSILON = 1e-5;
  private static final int SIDE = ImageTower.SIDE;

  private final ImageTowerConfig config;
  private final Map<String, float[]> textVectors;
  private final MultiLayerNetwork network;

  private ImageTowerTrainer(
      ImageTowerConfig config, Map<String, float[]> textVectors, int iterations) {
    // DL4J leaves oneDNN alone unless it is told otherwise; see org.nd4j.nativeblas.Nd4jCpu.
    System.setProperty("org.eclipse.deeplearning4j.helpers.disable", "false");
    this.config = config;
    this.textVectors = textVectors;
    int dimension = textVectors.values().iterator().next().length;
    network = new MultiLayerNetwork(network(config, dimension, iterations));
    network.init();
  }

  /**
   * A tower tuned on these shapes.
   *
   * @param textVectors the unit vector of each text of the shapes
   */
  static ImageTower tune(
      List<TuningShape> shapes,
      Map<String, float[]> textVectors,
      ImageTowerConfig config,
      Progress progress) {
    int steps = Math.max(1, shapes.size() / config.batchSize());
    ImageTowerTrainer trainer =
        new ImageTowerTrainer(config, textVectors, Math.max(1, steps * config.epochs()));
    progress.start("embed: tuning the image tower", config.epochs());
    long start = System.nanoTime();
    for (int epoch = 0; epoch < config.epochs(); epoch++) {
      double loss = trainer.epoch(shapes, epoch, steps);
      double seconds = (System.nanoTime() - start) / 1e9;
      progress.update(epoch + 1, String.format(Locale.ROOT, "loss %.3f", loss));
      if (seconds > config.maxSeconds()) {
        progress.line(
            String.format(
                Locale.ROOT,
                "Tuning ended after epoch %d of %d: teacher.image.max-seconds is %d",
                epoch + 1,
                config.epochs(),
                config.maxSeconds()));
        break;
      }
    }
    progress.finish(
        String.format(
            Locale.ROOT, "image tower tuned in %.0f s", (System.nanoTime() - start) / 1e9));
    return trainer.tower();
  }

  private static MultiLayerConfiguration network(
      ImageTowerConfig config, int dimension, int iterations) {
    double peak = config.learningRate();
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed(config.seed())
            .weightInit(WeightInit.RELU)
            .updater(
                new Adam(
                    new CycleSchedule(
                        ScheduleType.ITERATION, peak / 10, peak, iterations + 1, 1, 0.5)))
            .weightDecay(0.01)
            .list();
    for (int channels : CHANNELS) {
      layers
          .layer(
              new ConvolutionLayer.Builder(3, 3)
                  .stride(2, 2)
                  .padding(1, 1)
                  .convolutionMode(ConvolutionMode.Truncate)
                  .nOut(channels)
                  .hasBias(false)
                  .activation(Activation.IDENTITY)
                  .build())
          .layer(new BatchNormalization.Builder().eps(BATCH_NORM_EPSILON).useLogStd(false).build())
          .layer(new ActivationLayer(Activation.RELU));
    }
    return layers
        .layer(new GlobalPoolingLayer(PoolingType.AVG))
        .layer(new DenseLayer.Builder().nOut(dimension).activation(Activation.IDENTITY).build())
        .layer(
            new LossLayer.Builder(new InfoNceLoss(config.logitScale()))
                .activation(Activation.IDENTITY)
                .build())
        .setInputType(InputType.convolutional(SIDE, SIDE, 3))
        .build();
  }

  private double epoch(List<TuningShape> shapes, int epoch, int steps) {
    KeyedPermutation order = new KeyedPermutation(shapes.size(), config.seed() + 31L * epoch);
    int batch = Math.min(config.batchSize(), shapes.size());
    double loss = 0;
    for (int step = 0; step < steps; step++) {
      float[] pictures = new float[batch * 3 * SIDE * SIDE];
      float[][] texts = new float[batch][];
      for (int i = 0; i < batch; i++) {
        int index = (int) order.apply((long) step * batch + i);
        TuningShape shape = shapes.get(index);
        KeyedRandom random = KeyedRandom.of(config.seed(), epoch, index);
        byte[] picture = shape.pictures().get(random.nextInt(shape.pictures().size()));
        Augmentation.apply(picture, random, pictures, i * 3 * SIDE * SIDE);
        texts[i] = textVectors.get(shape.texts().get(random.nextInt(shape.texts().size())));
      }
      try (INDArray input = Nd4j.create(pictures, new long[] {batch, 3, SIDE, SIDE}, 'c');
          INDArray labels = Nd4j.create(texts)) {
        network.fit(input, labels);
      }
      // Without the share of weight decay, which tells nothing of the alignment.
      loss += (network.score() - network.calcRegularizationScore(true)) / steps;
    }
    return loss;
  }

  /** The network's weights as the tower takes them, batch normalization folded in. */
  private ImageTower tower() {
    List<ImageTower.Layer> convolutions = new ArrayList<>();
    int inputs = 3;
    for (int i = 0; i < CHANNELS.length; i++) {
      convolutions.add(fold(3 * i, inputs, CHANNELS[i]));
      inputs = CHANNELS[i];
    }
    int dense = 3 * CHANNELS.length + 1;
    float[] bias = network.getParam(dense + "_b").toFloatVector();
    float[] weights = network.getParam(dense + "_W").dup('c').data().asFloat();
    return new ImageTower(convolutions, new ImageTower.Layer(inputs, bias.length, weights, bias));
  }

  private ImageTower.Layer fold(int layer, int inputs, int outputs) {
    float[] kernel = network.getParam(layer + "_W").dup('c').data().asFloat();
    float[] gamma = network.getParam((layer + 1) + "_gamma").toFloatVector();
    float[] beta = network.getParam((layer + 1) + "_beta").toFloatVector();
    float[] mean = network.getParam((layer + 1) + "_mean").toFloatVector();
    float[] variance = network.getParam((layer + 1) + "_var").toFloatVector();
    int rows = inputs * 9;
    float[] weights = new float[rows * outputs];
    float[] bias = new float[outputs];
    for (int o = 0; o < outputs; o++) {
      double factor = gamma[o] / Math.sqrt(variance[o] + BATCH_NORM_EPSILON);
      bias[o] = (float) (beta[o] - mean[o] * factor);
      for (int r = 0; r < rows; r++) {
        weights[r * outputs + o] = (float) (kernel[o * rows + r] * factor);
      }
    }
    return new ImageTower.Layer(rows, outputs, weights, bias);
  }

  /** What the network itself says, for tests: [pictures][dimension], not normalised. */
  float[][] output(float[][] pictures) {
    try (INDArray input = Nd4j.create(pictures)) {
      return network.output(input.reshape(pictures.length, 3, SIDE, SIDE), false).toFloatMatrix();
    }
  }
}
