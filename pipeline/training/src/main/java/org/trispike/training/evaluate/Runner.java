package org.trispike.training.evaluate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.trispike.kernels.Compute;
import org.trispike.kernels.PointBatch;
import org.trispike.spiking.Inference;
import org.trispike.spiking.InferencePaths;
import org.trispike.spiking.InferenceRuntime;
import org.trispike.spiking.ModelClass;
import org.trispike.spiking.Ranked;
import org.trispike.spiking.SpikePath;
import org.trispike.spiking.SpikingModel;
import org.trispike.spiking.Weights;
import org.trispike.training.classes.ClassList;

/** A model at work in one task. */
final class Runner implements AutoCloseable {
  private final InferenceRuntime runtime;
  private final Map<String, Integer> places;

  /** What it says of one shape: all classes, best first, and how it came to that. */
  record Answer(List<Ranked> ranked, Inference inference) {}

  Runner(SpikingModel model, Compute compute, Weights weights) {
    // The dense path, and in the bits of every other: what predict says, whichever it takes.
    this.runtime =
        model.open(
            compute,
            weights == Weights.INT8
                ? InferencePaths.int8()
                : InferencePaths.always(SpikePath.INTEGER));
    this.places = places(model.classes());
  }

  /** The place of each class by the spelling-free key of its name. */
  static Map<String, Integer> places(List<ModelClass> classes) {
    Map<String, Integer> places = new HashMap<>();
    for (int k = 0; k < classes.size(); k++) {
      places.put(ClassList.key(classes.get(k).name()), k);
    }
    return places;
  }

  /** The place of the class of that category, or −1. */
  int place(String category) {
    return ClassList.labels(category) ? places.getOrDefault(ClassList.key(category), -1) : -1;
  }

  Answer ask(PointBatch views) {
    Inference inference = runtime.run(views);
    return new Answer(runtime.rank(inference, runtime.model().classes().size()), inference);
  }

  /** The rank, from 1, of class {@code place}. */
  static int rank(List<Ranked> ranked, int place) {
    for (int i = 0; i < ranked.size(); i++) {
      if (ranked.get(i).index() == place) {
        return i + 1;
      }
    }
    return 0;
  }

  @Override
  public void close() {
    runtime.close();
  }
}
