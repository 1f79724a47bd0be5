package org.trispike.datasets.format.pickle;

/**
 * A text with what a text encoder made of it.
 *
 * @param text "" if there is none
 * @param original features of the text alone, empty if there are none
 * @param promptAverage mean of the features of the text in several prompts, empty if there are none
 */
@SuppressWarnings("ArrayRecordComponent") // features that are passed through
public record OpenShapeText(String text, float[] original, float[] promptAverage) {}
