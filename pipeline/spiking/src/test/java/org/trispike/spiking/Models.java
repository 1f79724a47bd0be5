package org.trispike.spiking;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.trispike.kernels.KeyedRandom;
import org.trispike.kernels.io.FloatArray;

/** Models with random parameters, which have everything but training. */
final class Models {
  static final int TEXT = 12;
  static final int IMAGE = 9;

  private Models() {}

  static Alignment alignment(Encoder encoder, float[] parameters) {
    int width = encoder.spec().outputWidth();
    return Alignment.of(
        encoder,
        parameters,
        new FloatArray(new int[] {width, TEXT}, gaussian(1, width * TEXT)),
        gaussian(2, width),
        new FloatArray(new int[] {width, IMAGE}, gaussian(3, width * IMAGE)),
        gaussian(4, width),
        14.28f);
  }

  static List<ModelClass> classes(int count) {
    List<ModelClass> classes = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      classes.add(new ModelClass("class " + k, List.of("a class " + k, "one \"" + k + "\"")));
    }
    return classes;
  }

  static List<float[]> embeddings(int count) {
    List<float[]> embeddings = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      embeddings.add(RepVli.mean(List.of(gaussian(100 + k, TEXT), gaussian(200 + k, TEXT))));
    }
    return embeddings;
  }

  static SpikingModel fold(Encoder encoder, float[] parameters, int classes) {
    return RepVli.fold(
        encoder,
        parameters,
        alignment(encoder, parameters),
        classes(classes),
        embeddings(classes),
        new ModelPreprocessing(10_000, true, "auto", 0.4f, 1),
        new TeacherRef("teacher-1", "embedded"),
        Map.of("made by", "a test"));
  }

  static float[] gaussian(long key, int size) {
    KeyedRandom random = KeyedRandom.of(key);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
