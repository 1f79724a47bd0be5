package org.trispike.training.pretrain;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.trispike.training.averaging.Round;

/**
 * Where the time of a training second goes, as shares that add up to 1. A second counts once for
 * each replica.
 *
 * @param compute voxels, rulebooks, forward and backward pass of the encoder
 * @param loss the alignment loss
 * @param dl4j the rest of a step: layers, updater, copies from ND4J's memory and back
 * @param reading of rows, draws and augmentations
 * @param spark all else: tasks, broadcast, averages, waiting for the slowest replica
 */
record Shares(double compute, double loss, double dl4j, double reading, double spark) {

  static Shares of(Round round) {
    double all = round.replicas() * round.seconds() * 1e9;
    double compute = round.figures().sum("nanos.compute");
    double loss = round.figures().sum("nanos.loss");
    double fit = round.figures().sum("nanos.fit");
    double reading = round.figures().sum("nanos.read");
    return new Shares(
        compute / all,
        loss / all,
        (fit - compute - loss) / all,
        reading / all,
        (all - fit - reading) / all);
  }

  /** Weighted by {@code seconds} against the {@code others} of {@code otherSeconds}. */
  Shares plus(double seconds, Shares others, double otherSeconds) {
    double a = seconds / (seconds + otherSeconds);
    double b = 1 - a;
    return new Shares(
        a * compute + b * others.compute,
        a * loss + b * others.loss,
        a * dl4j + b * others.dl4j,
        a * reading + b * others.reading,
        a * spark + b * others.spark);
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("compute", rounded(compute));
    map.put("loss", rounded(loss));
    map.put("dl4j", rounded(dl4j));
    map.put("reading", rounded(reading));
    map.put("spark", rounded(spark));
    return map;
  }

  String sentence() {
    return String.format(
        Locale.ROOT,
        "Of a training second: compute %.1f %%, loss %.1f %%, DL4J %.1f %%, reading and drawing"
            + " %.1f %%, Spark, averages and waiting %.1f %%",
        100 * compute,
        100 * loss,
        100 * dl4j,
        100 * reading,
        100 * spark);
  }

  private static double rounded(double share) {
    return Math.round(share * 1e4) / 1e4;
  }
}
