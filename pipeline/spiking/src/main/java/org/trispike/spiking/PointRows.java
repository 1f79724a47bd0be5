package org.trispike.spiking;

import java.util.stream.IntStream;
import org.trispike.kernels.PointBatch;
import org.trispike.kernels.Rulebook;

/**
 * The rows of a batch in a network without neighbourhoods: one for each point, and one for each
 * sample behind the pooling.
 *
 * @param offsets [samples + 1] where each sample's points begin
 * @param single [samples + 1] the same behind the pooling: 0, 1, 2, …
 * @param points takes each point's row to itself
 * @param samples takes each sample's row to itself
 */
record PointRows(int[] offsets, int[] single, Rulebook points, Rulebook samples) {

  static PointRows of(PointBatch batch) {
    int samples = batch.samples();
    return new PointRows(
        batch.offsets(),
        IntStream.rangeClosed(0, samples).toArray(),
        Rulebook.identity(batch.points()),
        Rulebook.identity(samples));
  }

  int pointCount() {
    return points.inRows();
  }

  int sampleCount() {
    return samples.inRows();
  }
}
