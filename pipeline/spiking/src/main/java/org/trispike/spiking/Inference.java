package org.trispike.spiking;

import java.util.List;

/**
 * What a model says of a batch.
 *
 * @param logits [samples][classes] W_j · z, not divided by |z|
 * @param features [samples][C4] pooled membranes m
 * @param activities what each layer received
 */
public record Inference(float[][] logits, float[][] features, List<LayerActivity> activities) {
  public Inference {
    activities = List.copyOf(activities);
  }
}
