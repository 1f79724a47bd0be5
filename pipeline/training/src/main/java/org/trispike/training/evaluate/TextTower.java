package org.trispike.training.evaluate;

import java.util.List;
import java.util.Optional;
import org.trispike.datasets.teacher.TextSide;
import org.trispike.spiking.EnergyMeter;
import org.trispike.spiking.ModelClass;

/**
 * What folding saves: the energy of one prompt through the teacher's text tower, the mean over the
 * prompts of all classes with the tokens that they really have.
 *
 * @param parameters weights that are multiplied for each token; word vectors are looked up, not
 *     multiplied, and do not count
 * @param tokens of a prompt
 * @param millijoules of a prompt, at {@link EnergyMeter#MAC_PICOJOULES}
 */
record TextTower(long parameters, double tokens, double millijoules) {

  /** None if the teacher's texts are known by their vectors alone. */
  static Optional<TextTower> of(TextSide side, List<ModelClass> classes) {
    List<String> prompts = classes.stream().flatMap(c -> c.prompts().stream()).toList();
    if (side.weights().isEmpty() || prompts.isEmpty()) {
      return Optional.empty();
    }
    long tokens = prompts.stream().mapToLong(p -> side.tokens(p).orElseThrow()).sum();
    long macs = prompts.stream().mapToLong(p -> side.macs(p).orElseThrow()).sum();
    return Optional.of(
        new TextTower(
            side.weights().orElseThrow(),
            (double) tokens / prompts.size(),
            EnergyMeter.MAC_PICOJOULES * macs / prompts.size() * 1e-9));
  }
}
