package org.trispike.vq.cpu;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.trispike.kernels.KeyedRandom;
import org.trispike.vq.VqTensor;
import org.trispike.vq.plan.Plan;

/**
 * Times the candidates for one matrix on this JVM and CPU. Chosen is the fastest whose roundings
 * are small enough, and no codes if they are slower than the dense product.
 */
final class Calibration {
  /** Of a candidate's own roundings; bytes with a scale a row have about 0.01. */
  static final double TOLERANCE = 0.03;

  /** Of the activations that are drawn. */
  private static final long SEED = 1;

  private final Products products;

  Calibration(Products products) {
    this.products = products;
  }

  /** What was timed, and the product that was chosen. */
  record Result(Choice choice, MatrixVector product) {}

  Result run(VqTensor tensor, Plan plan) {
    List<Candidate> candidates = new ArrayList<>();
    List<MatrixVector> ready = new ArrayList<>();
    for (Candidate candidate : Candidate.values()) {
      if (candidate.carriesOut(plan)) {
        candidates.add(candidate);
        ready.add(products.of(tensor, candidate, plan));
      }
    }
    float[] x = new float[tensor.columns()];
    KeyedRandom random = KeyedRandom.of(SEED);
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }
    double[] nanos = Stopwatch.nanos(ready, x, new float[tensor.rows()]);
    float[] exact = new float[tensor.rows()];
    ready.get(candidates.indexOf(Candidate.DENSE)).apply(x, exact);
    double[] errors = ready.stream().mapToDouble(product -> error(product, x, exact)).toArray();
    Choice choice = choose(tensor, candidates, nanos, errors);
    return new Result(choice, ready.get(candidates.indexOf(choice.chosen())));
  }

  private static double error(MatrixVector product, float[] x, float[] exact) {
    float[] y = new float[exact.length];
    product.apply(x, y);
    double difference = 0;
    double norm = Double.MIN_NORMAL;
    for (int i = 0; i < y.length; i++) {
      difference += (y[i] - (double) exact[i]) * (y[i] - (double) exact[i]);
      norm += (double) exact[i] * exact[i];
    }
    return Math.sqrt(difference / norm);
  }

  /** The dense product comes first in all lists and has no error. */
  static Choice choose(
      VqTensor tensor, List<Candidate> candidates, double[] nanos, double[] errors) {
    int best =
        IntStream.range(0, nanos.length)
            .filter(i -> errors[i] <= TOLERANCE)
            .boxed()
            .min(Comparator.comparingDouble(i -> nanos[i]))
            .orElseThrow();
    List<Choice.Timing> timings = new ArrayList<>();
    for (int i = 0; i < nanos.length; i++) {
      timings.add(
          new Choice.Timing(
              candidates.get(i), nanos[i], errors[i], verdict(i, best, nanos, errors)));
    }
    return new Choice(
        tensor.config(), tensor.rows(), tensor.columns(), timings, candidates.get(best));
  }

  private static String verdict(int i, int best, double[] nanos, double[] errors) {
    if (i == best) {
      return i == 0 ? "chosen, as nothing is faster" : "chosen";
    }
    if (errors[i] > TOLERANCE) {
      return "refused, as its error is above " + TOLERANCE;
    }
    return nanos[i] > nanos[0] ? "refused, as it is slower than dense" : "slower than the chosen";
  }
}
