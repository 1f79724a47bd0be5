package org.trispike.training.evaluate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.trispike.datasets.source.BadRow;
import org.trispike.spiking.EnergyMeter;

/** What was measured of some shapes: mergeable. */
final class Measurement implements Serializable {
  private static final long serialVersionUID = 1L;

  final Accuracy accuracy;
  final Accuracy neighbour;
  final Accuracy twin;
  final Confusion confusion = new Confusion();
  final EnergyMeter energy = new EnergyMeter();
  final EnergyMeter twinEnergy = new EnergyMeter();
  final Examples examples;
  final ArrayList<ShapeVectors> vectors = new ArrayList<>();
  final ArrayList<NamedShape> named = new ArrayList<>();
  final ArrayList<BadRow> bad = new ArrayList<>();
  long shapes;
  long unlabelled;
  long neighbourReferences;
  long readNanos;
  long inferenceNanos;

  /**
   * Where a shape lies in the shared space, and what belongs to it; all of length one.
   *
   * @param shape [C]
   * @param texts [n][C]
   * @param images [m][C]
   */
  @SuppressWarnings("ArrayRecordComponent") // passed from task to driver
  record ShapeVectors(float[] shape, float[][] texts, float[][] images) implements Serializable {}

  Measurement(int classes, int examples) {
    this.accuracy = new Accuracy(classes);
    this.neighbour = new Accuracy(classes);
    this.twin = new Accuracy(classes);
    this.examples = new Examples(examples);
  }

  /** The sum, taken in the order of the list, since sums of fractions depend on theirs. */
  static Measurement sum(List<Measurement> parts, int classes, int examples) {
    Measurement sum = new Measurement(classes, examples);
    parts.forEach(sum::merge);
    return sum;
  }

  private void merge(Measurement other) {
    accuracy.merge(other.accuracy);
    neighbour.merge(other.neighbour);
    twin.merge(other.twin);
    confusion.merge(other.confusion);
    energy.merge(other.energy);
    twinEnergy.merge(other.twinEnergy);
    examples.merge(other.examples);
    vectors.addAll(other.vectors);
    named.addAll(other.named);
    bad.addAll(other.bad);
    shapes += other.shapes;
    unlabelled += other.unlabelled;
    neighbourReferences = Math.max(neighbourReferences, other.neighbourReferences);
    readNanos += other.readNanos;
    inferenceNanos += other.inferenceNanos;
  }
}
