package org.trispike.jobs.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.trispike.datasets.UserError;
import org.trispike.kernels.KeyedRandom;
import org.trispike.kernels.io.FloatArray;
import org.trispike.spiking.Alignment;
import org.trispike.spiking.Encoder;
import org.trispike.spiking.EncoderSpec;
import org.trispike.spiking.Encoders;
import org.trispike.spiking.ModelClass;
import org.trispike.spiking.ModelPreprocessing;
import org.trispike.spiking.ParameterSpec;
import org.trispike.spiking.RepVli;
import org.trispike.spiking.SpikingModel;

/** Models to measure: a trained one, or random weights. */
final class BenchModel {
  private static final int WIDTH = 4;

  private BenchModel() {}

  static SpikingModel read(String folder) {
    try {
      return SpikingModel.read(Path.of(folder));
    } catch (IOException e) {
      throw new UserError(UserError.Kind.DATA, folder + " holds no model: " + e.getMessage(), e);
    }
  }

  /**
   * Random weights, and norms with which a quarter of the neurons and more fire, as in trained
   * networks. One class: a head is no work beside the network.
   */
  static SpikingModel random(EncoderSpec spec) {
    Encoder encoder = Encoders.create(spec.withOutputWidth(WIDTH));
    float[] parameters = new float[encoder.layout().size()];
    for (ParameterSpec part : encoder.layout().parameters()) {
      KeyedRandom random = KeyedRandom.of(1, KeyedRandom.hash(part.name()));
      for (int i = part.offset(); i < part.offset() + part.size(); i++) {
        parameters[i] =
            switch (part.role()) {
              case WEIGHT -> (float) (random.nextGaussian() / Math.sqrt(3.0 * part.shape()[1]));
              case BIAS -> part.name().endsWith(".norm.weight") ? 1f : random.uniform(-1, 1);
              case STATISTIC -> part.name().endsWith(".variance") ? 1f : 0f;
            };
      }
    }
    FloatArray ones = new FloatArray(new int[] {WIDTH, 1}, new float[] {1, 1, 1, 1});
    float[] zeros = new float[WIDTH];
    return RepVli.fold(
        encoder,
        parameters,
        Alignment.of(encoder, parameters, ones, zeros, ones, zeros, 10),
        List.of(new ModelClass("one", List.of())),
        List.of(new float[] {1}),
        new ModelPreprocessing(BenchClouds.POINTS, true, "auto", 0.4f, 1),
        null,
        Map.of());
  }
}
