package org.trispike.training.evaluate;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trispike.datasets.geometry.PointCloud;
import org.trispike.datasets.geometry.Views;
import org.trispike.datasets.row.PointLayout;
import org.trispike.datasets.row.Triplet;
import org.trispike.datasets.source.BadRow;
import org.trispike.datasets.source.SplitRule;
import org.trispike.kernels.Compute;
import org.trispike.kernels.PointBatch;
import org.trispike.spiking.Alignment;
import org.trispike.spiking.OpenVocabulary;
import org.trispike.spiking.Ranked;
import org.trispike.spiking.SpikingModel;
import org.trispike.spiking.Weights;
import org.trispike.training.classes.ClassList;
import org.trispike.training.draw.FixedClouds;

/**
 * Measures shapes one at a time. A shape's views make a batch of their own: what is in a batch
 * beside them may decide the last digits of a sum.
 */
final class Measuring implements AutoCloseable {
  static final PointLayout EXAMPLE_LAYOUT = PointLayout.QUANTISED;

  /** Points of an example's cloud, at most: more cannot be told apart on a page. */
  private static final int EXAMPLE_POINTS = 4096;

  private static final int EXAMPLE_CLASSES = 5;

  private final Subject subject;
  private final SpikingModel model;
  private final Runner runner;
  private final Optional<Runner> twin;
  private final Optional<Neighbours> neighbours;
  private final Optional<OpenVocabulary> names;
  private final Map<FloatBuffer, float[]> projected = new HashMap<>();
  private final Measurement sum;

  Measuring(Subject subject, Compute compute) {
    this.subject = subject;
    this.model = subject.model().model();
    this.runner = new Runner(model, compute, subject.weights());
    this.twin =
        Optional.ofNullable(subject.twin())
            .map(files -> new Runner(files.model(), compute, Weights.FLOAT32));
    this.neighbours = subject.model().open(Neighbours::read);
    this.names = Optional.ofNullable(subject.bank()).map(bank -> bank.open(model));
    this.sum = new Measurement(model.classes().size(), subject.examples());
    sum.neighbourReferences = neighbours.map(Neighbours::size).orElse(0);
  }

  void reject(BadRow row) {
    sum.bad.add(row);
  }

  /** What was measured; {@code nanos} is what reading and measuring took together. */
  Measurement finish(long nanos) {
    sum.readNanos = nanos - sum.inferenceNanos;
    return sum;
  }

  void add(Triplet triplet) {
    long start = System.nanoTime();
    PointCloud cloud =
        FixedClouds.subset(triplet.points(), model.preprocessing().points(), triplet.id());
    PointBatch views = Views.of(cloud, subject.rotations());
    Runner.Answer answer = runner.ask(views);
    int truth = runner.place(triplet.category());
    sum.shapes++;
    sum.energy.add(answer.inference().activities());
    twin.ifPresent(other -> ask(other, views, truth, triplet.category()));
    if (truth < 0) {
      sum.unlabelled++;
    } else {
      sum.accuracy.add(truth, Runner.rank(answer.ranked(), truth));
      sum.confusion.add(truth, answer.ranked().get(0).index());
      neighbours.ifPresent(n -> sum.neighbour.add(truth, rank(n.rank(cloud), triplet.category())));
    }
    names.ifPresent(n -> sum.named.add(NamedShape.of(n, answer.inference(), triplet.category())));
    example(triplet, cloud, answer.ranked(), truth);
    if (subject.retrieval()) {
      sum.vectors.add(vectors(triplet, answer.inference().features()));
    }
    sum.inferenceNanos += System.nanoTime() - start;
  }

  private void ask(Runner other, PointBatch views, int truth, String category) {
    Runner.Answer answer = other.ask(views);
    sum.twinEnergy.add(answer.inference().activities());
    if (truth >= 0) {
      sum.twin.add(truth, Runner.rank(answer.ranked(), other.place(category)));
    }
  }

  private static int rank(List<String> names, String category) {
    String key = ClassList.key(category);
    for (int i = 0; i < names.size(); i++) {
      if (ClassList.key(names.get(i)).equals(key)) {
        return i + 1;
      }
    }
    return 0;
  }

  private void example(Triplet triplet, PointCloud cloud, List<Ranked> ranked, int truth) {
    Examples.Kind kind =
        truth < 0
            ? Examples.Kind.UNLABELLED
            : ranked.get(0).index() == truth ? Examples.Kind.RIGHT : Examples.Kind.WRONG;
    long key = SplitRule.hash(triplet.id(), subject.seed());
    if (!sum.examples.wants(kind, key)) {
      return;
    }
    List<Examples.Guess> guesses =
        ranked.stream()
            .limit(EXAMPLE_CLASSES)
            .map(r -> new Examples.Guess(r.name(), r.probability()))
            .toList();
    String caption = triplet.texts().isEmpty() ? "" : triplet.texts().get(0).text();
    String category = ClassList.labels(triplet.category()) ? triplet.category() : "";
    String name = truth < 0 ? category : model.classes().get(truth).name();
    PointCloud shown = FixedClouds.subset(cloud, EXAMPLE_POINTS, triplet.id());
    sum.examples.add(
        kind,
        new Examples.Example(
            key, triplet.id(), caption, name, guesses, EXAMPLE_LAYOUT.pack(shown)));
  }

  private Measurement.ShapeVectors vectors(Triplet triplet, float[][] features) {
    Alignment alignment = model.alignment().orElseThrow();
    return new Measurement.ShapeVectors(
        mean(alignment, features),
        triplet.textEmbeddings().stream()
            .map(e -> projected.computeIfAbsent(FloatBuffer.wrap(e), b -> alignment.classVector(e)))
            .toArray(float[][]::new),
        triplet.imageEmbeddings().stream().map(alignment::imageVector).toArray(float[][]::new));
  }

  /**
   * The mean of the views' directions: its products with a vector are their mean cosines. A view on
   * which the network stays silent has none and adds nothing.
   */
  private static float[] mean(Alignment alignment, float[][] features) {
    float[] mean = new float[alignment.width()];
    for (float[] pooled : features) {
      float[] output = alignment.output(pooled);
      double square = 0;
      for (float value : output) {
        square += (double) value * value;
      }
      double scale = square > 0 ? 1 / (Math.sqrt(square) * features.length) : 0;
      for (int i = 0; i < mean.length; i++) {
        mean[i] += (float) (output[i] * scale);
      }
    }
    return mean;
  }

  @Override
  public void close() {
    runner.close();
    twin.ifPresent(Runner::close);
  }
}
