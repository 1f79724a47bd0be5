package org.trispike.spiking;

/**
 * One class in a ranking.
 *
 * @param index position among the model's classes
 * @param name of the class
 * @param score cosine of shape and class, −1..1; the plain logit where the model has no alignment
 * @param probability softmax of scale · cosine over all classes, or of the logits
 */
public record Ranked(int index, String name, float score, float probability) {}
